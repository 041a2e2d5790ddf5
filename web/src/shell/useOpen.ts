import { type InfiniteData, type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { conversationQuery, customerQuery } from "../api/queries";
import type { QueuePage, QueueRow } from "../api/types";
import type { DeskSearch } from "../router";

/** The row of a conversation in any queue already read. */
export function rowOf(client: QueryClient, id: string): QueueRow | undefined {
  const queues = client.getQueriesData<InfiniteData<QueuePage>>({ queryKey: ["queue"] });
  for (const [, queue] of queues)
    for (const page of queue?.pages ?? []) {
      const row = page.rows.find((each) => each.id === id);
      if (row) return row;
    }
  return undefined;
}

/** What is open: a conversation and its customer, or a customer alone. */
export function useOpen() {
  const params = useParams({ strict: false });
  const client = useQueryClient();
  const conversationId = params.conversationId ?? null;
  const conversation = useQuery({
    ...conversationQuery(conversationId ?? ""),
    enabled: conversationId !== null,
  });
  const row = conversationId ? rowOf(client, conversationId) : undefined;
  const customerId = params.customerId ?? conversation.data?.customer_id ?? row?.customer_id ?? null;
  return { conversationId, customerId, conversation, row };
}

/** What the address says of the queue and of the pane a phone shows. */
export const useDeskSearch = (): DeskSearch => useSearch({ strict: false });

/** Open a conversation; on a phone its story comes to the front. */
export function useOpenConversation(): (id: string) => void {
  const navigate = useNavigate();
  return useCallback(
    (id: string) =>
      void navigate({
        to: "/conversations/$conversationId",
        params: { conversationId: id },
        search: (was: DeskSearch) => ({ ...was, pane: "story" as const }),
      }),
    [navigate],
  );
}

/** Read a conversation before it is opened; its customer only then, for every look at a customer is audited. */
export function useReadAhead(): { near: (row: QueueRow) => void; opening: (row: QueueRow) => void } {
  const client = useQueryClient();
  return useMemo(() => {
    const near = (row: QueueRow) => void client.prefetchQuery(conversationQuery(row.id));
    const opening = (row: QueueRow) => {
      near(row);
      void client.prefetchQuery(customerQuery(row.customer_id));
    };
    return { near, opening };
  }, [client]);
}
