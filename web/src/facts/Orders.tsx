import { useState } from "react";
import { Button } from "react-aria-components";
import type { CustomerView, Order } from "../api/types";
import { now } from "../live/clock";
import { money } from "../words/money";
import { count, date } from "../words/time";
import { OrderFacts } from "./OrderFacts";
import { standing } from "./standing";

/** The order the matter names, else one still on its way, else the newest. */
function firstOf(orders: Order[], matter: string): Order | undefined {
  const named = orders.find(({ order_no: no }) => matter.includes(no));
  return named ?? orders.find((order) => standing(order, now()).isUnderWay) ?? orders[0];
}

function Short({ order, onOpen }: { order: Order; onOpen: () => void }) {
  const { words } = standing(order, now());
  return (
    <Button className="ordline" onPress={onOpen}>
      <span className="cut">
        Order <bdi>{order.order_no}</bdi>{" "}
        <span className="m">{[date(order.placed_at, now()), words].filter(Boolean).join(" · ")}</span>
      </span>
      <span className="num">{money(order.total_minor, order.currency)}</span>
    </Button>
  );
}

/** Orders: one laid open, the others one line each. */
export function Orders({
  view: { orders, order_count: all },
  matter,
}: {
  view: CustomerView;
  matter: string;
}) {
  const [chosen, setChosen] = useState<string | null>(null);
  const open = orders.find(({ id }) => id === chosen) ?? firstOf(orders, matter);
  if (!open)
    return (
      <section className="fx">
        <h3>Orders</h3>
        <p className="q">Has not ordered yet.</p>
      </section>
    );
  const others = orders.filter((order) => order !== open);
  return (
    <>
      <OrderFacts order={open} />
      {others.length > 0 && (
        <section className="fx">
          <h3>
            Other orders
            <span className="end">
              {all > orders.length ? `newest ${orders.length} of ${count(all, "order")}` : ""}
            </span>
          </h3>
          {others.map((order) => (
            <Short key={order.id} order={order} onOpen={() => setChosen(order.id)} />
          ))}
        </section>
      )}
    </>
  );
}
