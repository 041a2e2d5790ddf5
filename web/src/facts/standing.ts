import type { Order, Shipment } from "../api/types";
import { count, daysLate } from "../words/time";

/** How an order stands, in two or three words. */
export type Standing = { words: string; tone: "" | "ok" | "soon" | "broken"; isUnderWay: boolean };

const OVER = new Set(["delivered", "lost", "returned"]);

function late(order: Order, shipments: Shipment[], now: number): number {
  const promised = shipments.map(({ promised_on }) => promised_on).find(Boolean) ?? order.promised_on;
  return promised ? daysLate(promised, now) : 0;
}

/** Late, held or lost comes before all else. */
export function standing(order: Order, now: number): Standing {
  const { shipments, state } = order;
  const states = shipments.map((shipment) => shipment.state);
  if (/cancel/.test(state)) return { words: state, tone: "", isUnderWay: false };
  if (states.includes("lost")) return { words: "lost", tone: "broken", isUnderWay: true };
  if (states.length > 0 && states.every((each) => OVER.has(each)))
    return { words: states.includes("returned") ? "returned" : "delivered", tone: "ok", isUnderWay: false };
  const days = late(order, shipments, now);
  if (days > 0) return { words: `${count(days, "day")} late`, tone: "broken", isUnderWay: true };
  if (states.includes("held")) return { words: "held", tone: "soon", isUnderWay: true };
  return { words: states.includes("out") ? "on the van" : state, tone: "", isUnderWay: states.length > 0 };
}
