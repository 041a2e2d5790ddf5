import type { Channel, Choices } from "../api/types";

/** What a customer lets us do, in words. */
export const CONTACT: Record<NonNullable<Choices["contact"]>, string> = {
  any: "May be written to",
  asked: "Only answers to what they ask",
  none: "No contact at all",
};

const DAYS = ["", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

const label = (key: string, channels: Channel[]) => channels.find((each) => each.key === key)?.label ?? key;

/** Each choice as a line; none when nothing was chosen. */
export function linesOf(choices: Choices, channels: Channel[]): string[] {
  const { contact = "any", preferred, refused = [], hours = [], language } = choices;
  return [
    ...(contact === "any" ? [] : [CONTACT[contact]]),
    ...(preferred ? [`Prefers ${label(preferred, channels)}`] : []),
    ...(refused.length > 0 ? [`Not by ${refused.map((key) => label(key, channels)).join(", ")}`] : []),
    ...hours.map(({ begins, ends, days = [], time_zone }) => {
      const on = days.length === 7 ? "" : `${days.map((day) => DAYS[day]).join(", ")} `;
      return `Reach ${on}${begins.slice(0, 5)} to ${ends.slice(0, 5)}, ${time_zone}`;
    }),
    ...(language ? [`In ${named(language)}`] : []),
  ];
}

function named(code: string): string {
  try {
    return new Intl.DisplayNames("en", { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
