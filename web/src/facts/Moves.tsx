import type { Order } from "../api/types";
import { now } from "../live/clock";
import { money } from "../words/money";
import { date } from "../words/time";

type Move = { id: string; at: string; words: string; end: string };

/** One payment of the whole sum is said at the order's head already. */
const isPlain = ({ payments, refunds, returns, total_minor: total }: Order) =>
  payments.length === 1 &&
  payments[0]?.state === "paid" &&
  payments[0].amount_minor === total &&
  refunds.length + returns.length === 0;

function moves({ payments, refunds, returns }: Order): Move[] {
  const all = [
    ...payments.map((p) => ({
      id: p.id,
      at: p.happened_at,
      words: `Payment ${p.state}${p.method ? `, ${p.method}` : ""}`,
      end: money(p.amount_minor, p.currency),
    })),
    ...refunds.map((r) => ({
      id: r.id,
      at: r.happened_at,
      words: `Refund ${r.state}${r.reason ? `, “${r.reason}”` : ""}`,
      end: `−${money(r.amount_minor, r.currency)}`,
    })),
    ...returns.map((r) => ({
      id: r.id,
      at: r.happened_at,
      words: `Return ${r.state}${r.reason ? `, “${r.reason}”` : ""}`,
      end: "",
    })),
  ];
  return all.sort((a, b) => a.at.localeCompare(b.at));
}

/** The money and what came back. */
export function Moves({ order }: { order: Order }) {
  const all = moves(order);
  if (all.length === 0 || isPlain(order)) return null;
  return (
    <ul className="moves xs">
      {all.map(({ id, at, words, end }) => (
        <li key={id}>
          <span className="m nw">{date(at, now())}</span>
          <span className="q cut" title={words}>
            {words}
          </span>
          <span className="num">{end}</span>
        </li>
      ))}
    </ul>
  );
}
