import { queryOptions } from "@tanstack/react-query";
import { get } from "../../api/client";
import type { InboxSignature, Macro, Variable, WholeMacro } from "../../api/types";

/** All words that are kept ready, by folder and name. */
export const allMacrosQuery = queryOptions({
  queryKey: ["macros", "all"],
  queryFn: ({ signal }) => get<Macro[]>("/api/macros", signal),
});

/** Some of them, as they were written; read anew each time, so that none is written over unseen. */
export const macroQuery = (id: string) =>
  queryOptions({
    queryKey: ["macros", "one", id],
    refetchOnMount: "always",
    gcTime: 0,
    queryFn: ({ signal }) => get<WholeMacro>(`/api/macros/${id}`, signal),
  });

/** What can be filled in, with examples. */
export const variablesQuery = queryOptions({
  queryKey: ["variables"],
  staleTime: 300_000,
  queryFn: ({ signal }) => get<Variable[]>("/api/variables", signal),
});

/** What stands under replies, inbox by inbox. */
export const signaturesQuery = queryOptions({
  queryKey: ["signatures"],
  queryFn: ({ signal }) => get<InboxSignature[]>("/api/signatures", signal),
});
