import { useEffect, useRef } from "react";
import type { QueueRow } from "../api/types";
import { GROUPS, type Group, group } from "../words/promise";

export type Placed = { row: QueueRow; group: Group };

/** Rows where the hand last saw them, new ones below; what a row says is always fresh. */
export function keepPlaces(before: Placed[], rows: QueueRow[], now: number): Placed[] {
  const fresh = new Map(rows.map((row) => [row.id, row]));
  const kept = before.flatMap((placed) => {
    const row = fresh.get(placed.row.id);
    return row ? [{ row, group: placed.group }] : [];
  });
  const known = new Set(kept.map(({ row }) => row.id));
  const added = rows.filter(({ id }) => !known.has(id));
  const last = rows.findLastIndex(({ id }) => known.has(id));
  const isNextPage = known.size > 0 && rows.slice(last + 1).length === added.length;
  return [
    ...kept,
    ...added.map((row) => ({ row, group: isNextPage ? group(row.due_at, now) : ("New" as const) })),
  ];
}

/** Rows in the order of their promises, each in its group. */
export function inOrder(rows: QueueRow[], now: number): Placed[] {
  const placed = rows.map((row) => ({ row, group: group(row.state === "open" ? row.due_at : null, now) }));
  return placed.sort((a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group));
}

const names = (placed: Placed[]) => placed.map(({ row }) => row.id).join();

/** The order to show: held still under the hand, put right when it is elsewhere. */
export function useHeldOrder(rows: QueueRow[], isHeld: boolean, list: string, now: number) {
  const last = useRef<{ list: string; placed: Placed[] }>({ list, placed: [] });
  const right = inOrder(rows, now);
  const isSame = last.current.list === list && last.current.placed.length > 0;
  const placed = isHeld && isSame ? keepPlaces(last.current.placed, rows, now) : right;
  useEffect(() => {
    last.current = { list, placed };
  });
  return { placed, isBehind: isHeld && names(placed) !== names(right) };
}
