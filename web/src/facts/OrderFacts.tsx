import type { Order } from "../api/types";
import { now } from "../live/clock";
import { money } from "../words/money";
import { date } from "../words/time";
import { Moves } from "./Moves";
import { Stock } from "./Stock";
import { standing } from "./standing";
import { Track } from "./Track";

function Lines({ order }: { order: Order }) {
  return order.lines.map((line) => (
    <div className="ol" key={line.sku}>
      <span className="cut" title={`${line.title}, ${line.sku}`}>
        {line.title}
        {line.quantity > 1 && ` × ${line.quantity}`}
      </span>
      <span className="num">{money(line.price_minor * line.quantity, order.currency)}</span>
      <Stock stock={line.stock} />
    </div>
  ));
}

function Address({ to }: { to: Order["ship_to"] }) {
  const street = [to.street, to.house_no].filter(Boolean).join(" ");
  const city = [to.postcode, to.city, to.country].filter(Boolean).join(" ");
  return (
    <p className="xs q shipto">
      To <bdi>{[to.name, street, city].filter(Boolean).join(", ")}</bdi>
    </p>
  );
}

/** One order: its lines with stock, its parcels, its money. */
export function OrderFacts({ order }: { order: Order }) {
  const { words, tone } = standing(order, now());
  const paid = order.payments.find(({ state }) => /paid|captur/.test(state));
  return (
    <section className="fx" aria-label={`Order ${order.order_no}`}>
      <h3>
        <span>
          Order <bdi>{order.order_no}</bdi>
        </span>
        {words && <span className={`tag ${tone}`}>{words}</span>}
        <span className="end num">
          {money(order.total_minor, order.currency)}
          {paid && <span className="pay"> · {paid.method}</span>}
        </span>
      </h3>
      <Lines order={order} />
      {order.shipments.map((shipment) => (
        <Track key={shipment.id} shipment={shipment} />
      ))}
      {order.shipments.length === 0 && order.promised_on && (
        <p className="xs q">Nothing packed yet; promised {date(`${order.promised_on}T12:00:00`, now())}.</p>
      )}
      <Moves order={order} />
      <Address to={order.ship_to} />
    </section>
  );
}
