import type { Act, NewMacro, WholeMacro } from "../../api/types";
import type { Values } from "../useForm";

export const NONE: Values = { name: "", folder: "", queue: "", html: "", after: "", take: false };

/** What is done when a reply with them has left, besides that it may become one's own. */
export const AFTER: [string, string][] = [
  ["", "As before"],
  ["resolve", "Resolved"],
  ["wait", "Waiting"],
];

/** Ready words as a form holds them. */
export function valuesOfWords({ name, folder, queue, html, acts }: WholeMacro): Values {
  const after = acts.find((act) => act !== "take") ?? "";
  return { name, folder, queue, html, after, take: acts.includes("take") };
}

/** The same as the API takes them. */
export function wordsOf(values: Values): NewMacro {
  const acts = [values.take ? "take" : "", String(values.after)].filter(Boolean) as Act[];
  const said = (field: string) => String(values[field] ?? "");
  return {
    name: said("name"),
    folder: said("folder"),
    queue: said("queue"),
    html: said("html"),
    acts: acts as NewMacro["acts"] & Act[],
  };
}
