import type { Variable } from "../../api/types";

const PLACE = /\{\{\s*([^{}]{0,60}?)\s*\}\}/g;

export type Values = Record<string, string>;

/** What the variables say of the example; of somebody of whom little is known, only what always is. */
export const valuesOf = (variables: Variable[], isKnown: boolean): Values =>
  Object.fromEntries(variables.map(({ name, example, always }) => [name, always || isKnown ? example : ""]));

const nameIn = (place: string) => place.replace(PLACE, "$1");

/** The parts of a text in order, each place with its value or as the gap that it leaves. */
function filledParts(text: string, values: Values): (string | HTMLElement)[] {
  return text.split(/(\{\{[^{}]*\}\})/).map((part) => {
    const name = nameIn(part);
    if (name === part || values[name] === undefined) return part;
    if (values[name] !== "") return values[name];
    const gap = document.createElement("mark");
    gap.className = "unknown";
    gap.textContent = `[${name}?]`;
    return gap;
  });
}

/** Words of our own editor with the values in their places. Nothing in it is run or loaded. */
export function filled(html: string, values: Values): string {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const texts: Text[] = [];
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const text of texts) text.replaceWith(...filledParts(text.data, values));
  for (const link of body.querySelectorAll("a")) link.removeAttribute("href");
  return body.innerHTML;
}
