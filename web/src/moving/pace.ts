import type { Import } from "../api/types";

/** Whether it has ended. */
export const isOver = (row: Import) => row.state !== "waiting" && row.state !== "running";

/** How many a second since it was begun or taken up again, and the milliseconds that are left. */
export function pace(row: Import, at: number): { rate: number; left: number } {
  const seconds = row.began_at ? (at - Date.parse(row.began_at)) / 1000 : 0;
  const rate = seconds > 0 ? (row.place - row.began_place) / seconds : 0;
  return { rate, left: rate > 0 ? (((row.total ?? row.place) - row.place) / rate) * 1000 : 0 };
}
