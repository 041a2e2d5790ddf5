import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { Conversation, QueuePage, QueueRow } from "../api/types";

type Queue = InfiniteData<QueuePage, string>;

function eachQueue(client: QueryClient, change: (rows: QueueRow[]) => QueueRow[]): void {
  client.setQueriesData<Queue>(
    { queryKey: ["queue"] },
    (queue) =>
      queue && { ...queue, pages: queue.pages.map((page) => ({ ...page, rows: change(page.rows) })) },
  );
}

/** Change a row of the queue, and the open conversation with it, before the server says so. */
export function patchRow(client: QueryClient, id: string, change: Partial<QueueRow>): void {
  eachQueue(client, (rows) => rows.map((row) => (row.id === id ? { ...row, ...change } : row)));
  client.setQueryData<Conversation>(["conversation", id], (known) => known && { ...known, ...change });
}

/** Take a row out of every queue. */
export function dropRow(client: QueryClient, id: string): void {
  eachQueue(client, (rows) => rows.filter((row) => row.id !== id));
}
