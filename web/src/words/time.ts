const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const two = (n: number) => String(n).padStart(2, "0");

/** A length of time: "40 s", "15 min", "1 h 40", "3 days". */
export function span(ms: number): string {
  if (ms < MINUTE) return `${Math.max(0, Math.floor(ms / 1000))} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h ${two(Math.floor((ms % HOUR) / MINUTE))}`;
  return count(Math.floor(ms / DAY), "day");
}

/** A term that was agreed on, in its largest whole unit: "15 minutes", "4 hours", "2 days". */
export function term(seconds: number): string {
  if (seconds % 86_400 === 0) return count(seconds / 86_400, "day");
  if (seconds % 3600 === 0) return count(seconds / 3600, "hour");
  return count(Math.round(seconds / 60), "minute");
}

/** "1 order", "3 orders". */
export const count = (n: number, one: string) => `${n.toLocaleString("en-GB")} ${one}${n === 1 ? "" : "s"}`;

/** "14:05" in the viewer's zone. */
export function clock(iso: string): string {
  const at = new Date(iso);
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** A day without its weekday: "9 Nov", with the year when it is another one. */
export function date(iso: string, now: number): string {
  const at = new Date(iso);
  const year = at.getFullYear() === new Date(now).getFullYear() ? "" : ` ${at.getFullYear()}`;
  return `${at.getDate()} ${MONTHS[at.getMonth()]}${year}`;
}

/** A day as the story names it: "Today", "Mon 9 Nov", "9 Nov 2024". */
export function day(iso: string, now: number): string {
  const at = new Date(iso);
  if (sameDay(at, new Date(now))) return "Today";
  const other = at.getFullYear() !== new Date(now).getFullYear();
  return other ? date(iso, now) : `${WEEKDAYS[at.getDay()]} ${date(iso, now)}`;
}

/** The whole time, for hover. */
export const whole = (iso: string) =>
  new Date(iso).toLocaleString("en-GB", { dateStyle: "full", timeStyle: "long" });

/** Relative under an hour, then clock, then date. */
export function ago(iso: string, now: number): string {
  const past = now - Date.parse(iso);
  if (past < HOUR) return past < MINUTE ? "just now" : `${span(past)} ago`;
  return sameDay(new Date(iso), new Date(now)) ? clock(iso) : date(iso, now);
}

/** Whole days from the promised day to today; below 1 it is not late. */
export function daysLate(promised: string, now: number): number {
  const end = new Date(`${promised.slice(0, 10)}T23:59:59`).getTime();
  return Math.ceil((now - end) / DAY);
}

export const sameDay = (a: Date, b: Date) => a.toDateString() === b.toDateString();
