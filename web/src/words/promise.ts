import { sameDay, span } from "./time";

const HOUR = 3_600_000;

/** A promise as the clock shows it; `left` is the part still to run, 0 to 1. */
export type Promised = { state: "ok" | "soon" | "broken"; words: string; left: number };

/** How a promise stands: under a third left it is soon, past its time it is broken. */
export function promise(dueAt: string, withinSeconds: number | null, now: number): Promised {
  const left = Date.parse(dueAt) - now;
  if (left < 0) return { state: "broken", words: `${span(-left)} over`, left: 0 };
  const whole = (withinSeconds ?? 0) * 1000 || HOUR;
  const part = Math.min(1, left / whole);
  return { state: part < 1 / 3 ? "soon" : "ok", words: span(left), left: part };
}

export const GROUPS = ["Next to break", "Today", "Later", "No promise running", "New"] as const;
export type Group = (typeof GROUPS)[number];

/** Where a promise stands in the queue. */
export function group(dueAt: string | null, now: number): Group {
  if (dueAt === null) return "No promise running";
  const due = Date.parse(dueAt);
  if (due - now < HOUR) return "Next to break";
  return sameDay(new Date(due), new Date(now)) ? "Today" : "Later";
}
