/** Hours of a day, as "09:00" to "17:00"; an end at "00:00" is midnight. */
export type Span = [string, string];

export const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const short = (time: string) => time.slice(0, 5);
const long = (time: string) => (time.length === 5 ? `${time}:00` : time);

/** A day's hours as a form holds them: "09:00-12:00 13:00-17:00". */
export const heldHours = (spans: Span[]) =>
  spans.map(([begin, end]) => `${short(begin)}-${short(end)}`).join(" ");

/** The hours that a form holds. */
export const spansOf = (held: string): Span[] =>
  held
    .split(" ")
    .filter(Boolean)
    .map((span) => {
      const [begin = "", end = ""] = span.split("-");
      return [begin, end];
    });

/** A day's hours as the API takes them. */
export const sentHours = (held: string): Span[] =>
  spansOf(held).map(([begin, end]) => [long(begin), long(end)]);
