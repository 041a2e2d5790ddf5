import { createContext, useContext } from "react";

/** The words that are looked for, wherever something is read. */
export const Marking = createContext<RegExp | null>(null);

const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** What finds words, or longer ones that begin so. */
export function marking(words: string): RegExp | null {
  const all = words
    .split(/\s+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""))
    .filter(Boolean);
  if (all.length === 0) return null;
  return new RegExp(`(?<![\\p{L}\\p{N}])((?:${all.map(escaped).join("|")})[\\p{L}\\p{N}]*)`, "giu");
}

export const isMarked = (text: string, by: RegExp | null) => by !== null && text.search(by) >= 0;

/** A text, with the words marked that are looked for. */
export function Marked({ text }: { text: string }) {
  const by = useContext(Marking);
  if (!isMarked(text, by) || !by) return text;
  let at = 0;
  return text.split(by).map((part, number) => {
    const from = at;
    at += part.length;
    return number % 2 ? <mark key={from}>{part}</mark> : part;
  });
}
