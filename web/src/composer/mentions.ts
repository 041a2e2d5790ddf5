import { useQuery } from "@tanstack/react-query";
import { colleaguesQuery } from "../api/queries";
import type { Colleague } from "../api/types";

/** Those who work here and can be named in a note. */
export const useColleagues = (): Colleague[] => useQuery(colleaguesQuery).data ?? [];

const called = ({ name }: Colleague) => `@${name}`;

/** The ids of the colleagues a note names. */
export const mentionedIn = (text: string, colleagues: Colleague[]): string[] =>
  colleagues.filter((each) => text.includes(called(each))).map(({ id }) => id);

/** Whom the word before the cursor may mean, while it begins with @. */
export function meant(text: string, at: number, colleagues: Colleague[]): Colleague[] {
  const begun = /(?:^|\s)@([^@\n]{0,30})$/.exec(text.slice(0, at))?.[1]?.toLowerCase();
  if (begun === undefined) return [];
  return colleagues
    .filter(({ name }) => name.toLowerCase().startsWith(begun) && name.toLowerCase() !== begun)
    .slice(0, 5);
}

/** The text with a colleague's name where the word before the cursor was, and the cursor behind it. */
export function named(text: string, at: number, colleague: Colleague): [string, number] {
  const from = text.lastIndexOf("@", at - 1);
  const before = `${text.slice(0, from)}${called(colleague)} `;
  return [before + text.slice(at), before.length];
}
