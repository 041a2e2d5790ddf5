import type { QueueRow } from "../api/types";
import type { Group } from "../words/promise";
import type { Placed } from "./heldOrder";

export type Item = { key: string; height: number; group: Group; row?: QueueRow; place: number };

const rem = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

/** Rows and the heads of their groups, top to bottom, with their heights in pixels. */
export function layOut(placed: Placed[]): Item[] {
  const unit = rem();
  const items: Item[] = [];
  let last: Group | null = null;
  placed.forEach(({ row, group }, at) => {
    if (group !== last) items.push({ key: `group:${group}:${at}`, height: 1.625 * unit, group, place: 0 });
    last = group;
    items.push({ key: row.id, height: 3.5 * unit, group, row, place: at + 1 });
  });
  return items;
}
