import type { StoryEntry } from "../api/types";

const LINE = 28;
const ROW = 20;
const HEAD = 34;
const LETTERS = 84;

/** About how high an entry will stand, in pixels, before it has been drawn. */
export function estimate(entry: StoryEntry | undefined): number {
  if (entry?.kind !== "interaction") return LINE;
  const words = (entry.said?.trim() || entry.text) ?? "";
  const rows = words.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / LETTERS), 0);
  const fold = entry.said ? ROW : 0;
  const head = entry.direction === "note" ? ROW : HEAD;
  return head + rows * ROW + fold + (entry.attachments?.length ? ROW : 0);
}
