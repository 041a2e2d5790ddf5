import { queryOptions } from "@tanstack/react-query";
import { get } from "../api/client";
import type { Agent, AutomaticAnswers, Inbox } from "../api/types";

const LOOK = 5_000;

/** Our addresses and how they go; looked at again while the settings are open. */
export const inboxesQuery = queryOptions({
  queryKey: ["inboxes"],
  refetchInterval: LOOK,
  queryFn: ({ signal }) => get<Inbox[]>("/api/inboxes", signal),
});

/** Everybody who works here or did. */
export const agentsQuery = queryOptions({
  queryKey: ["agents"],
  queryFn: ({ signal }) => get<Agent[]>("/api/agents", signal),
});

/** What an inbox answers by itself. */
export const answersQuery = (inboxId: string) =>
  queryOptions({
    queryKey: ["answers", inboxId],
    refetchOnMount: "always",
    gcTime: 0,
    queryFn: ({ signal }) => get<AutomaticAnswers>(`/api/inboxes/${inboxId}/automatic-answers`, signal),
  });
