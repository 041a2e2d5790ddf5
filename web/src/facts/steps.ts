import type { Shipment } from "../api/types";

/** A parcel's step as the track shows it. */
export type Step = { name: string; at: string | null; look: "done" | "stuck" | "now" | "" };

const WAY = ["packed", "sent", "sorted", "out", "delivered"];
const WORDS: Record<string, string> = {
  packed: "Packed",
  sent: "Sent",
  sorted: "Sorted",
  held: "Held",
  out: "Van",
  delivered: "Home",
  lost: "Lost",
  returned: "Back",
};
const STUCK = new Set(["held", "lost", "returned"]);
const ENDED = new Set(["delivered", "lost", "returned"]);
const MOST = 5;

/** Steps done, in their order, then those still to come; at most five. */
export function steps({ events }: Shipment): Step[] {
  const times = new Map<string, string>();
  for (const { step, happened_at } of events) {
    times.delete(step);
    times.set(step, happened_at);
  }
  const past = [...times.keys()];
  const last = past.at(-1) ?? "";
  const reached = Math.max(-1, ...past.map((step) => WAY.indexOf(step)));
  const shownPast = past.filter((step) => !(step === "held" && step !== last));
  const ahead = ENDED.has(last)
    ? []
    : WAY.slice(reached + 1).filter((step) => step === "out" || step === "delivered" || reached < 0);
  const look = (step: string): Step["look"] => {
    if (step !== last) return "done";
    return STUCK.has(step) ? "stuck" : step === "delivered" ? "done" : "now";
  };
  const all = [
    ...shownPast.map((step) => ({
      name: WORDS[step] ?? step,
      at: times.get(step) ?? null,
      look: look(step),
    })),
    ...ahead.map((step) => ({ name: WORDS[step] ?? step, at: null, look: "" as const })),
  ];
  return all.length > MOST ? all.filter(({ name }) => name !== WORDS.sent).slice(-MOST) : all;
}
