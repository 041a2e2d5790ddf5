import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { get, Problem, post } from "../api/client";
import { conversationQuery } from "../api/queries";
import type { Act, Conversation } from "../api/types";
import { offerUndo } from "../shell/toasts";
import { useMe } from "../shell/useMe";
import { whole } from "../words/time";
import { dropRow, patchRow } from "./patch";

const SAID: Record<Act, string> = {
  resolve: "Resolved",
  reopen: "Open again",
  wait: "Waits for the customer",
  take: "Taken, it is yours",
  release: "Given back to the team",
};
const UNDOABLE = new Set<Act>(["resolve", "wait", "take", "release"]);
const BECOMES: Partial<Record<Act, string>> = { resolve: "resolved", reopen: "open", wait: "waiting" };

const leaves = (act: Act) => act === "resolve" || act === "wait";

const CHANGED = 409;

const change = (act: Act | "undo", { id, version }: Conversation, until?: string) =>
  post<Conversation>(`/api/conversations/${id}/${act}`, until ? { version, until } : { version });

/** Only our own doing raised the version (a reply makes it mine, and read): nobody else took it, nothing new came. */
const isAsSeen = (seen: Conversation, fresh: Conversation, me: string | undefined) =>
  fresh.state === seen.state &&
  (fresh.agent_id === seen.agent_id || fresh.agent_id === me) &&
  (seen.unread || !fresh.unread);

/** The conversation as it was or is being read since it was seen: our own reply may have raised its version. */
async function newest(
  client: QueryClient,
  seen: Conversation,
  me: string | undefined,
): Promise<Conversation> {
  const query = conversationQuery(seen.id);
  const isAsked = client.getQueryState(query.queryKey)?.fetchStatus === "fetching";
  const fresh = isAsked
    ? await client.fetchQuery({ ...query, staleTime: 0 })
    : (client.getQueryData(query.queryKey) ?? seen);
  return isAsSeen(seen, fresh, me) ? fresh : seen;
}

/** `until`: when one that waits comes back. */
type Asked = { act: Act; conversation: Conversation; isUndo?: boolean; until?: string };

/** Resolve, wait, take and their ways back: shown at once, reconciled after. */
export function useActs() {
  const client = useQueryClient();
  const me = useMe()?.agent_id;
  const readAgain = (id: string) =>
    Promise.all([
      client.invalidateQueries({ queryKey: ["queue"] }),
      client.invalidateQueries({ queryKey: ["conversation", id] }),
    ]);
  const mutation = useMutation({
    mutationFn: async ({ act, conversation, isUndo, until }: Asked) => {
      if (isUndo) return change("undo", conversation);
      try {
        return await change(act, await newest(client, conversation, me), until);
      } catch (error) {
        if (!(error instanceof Problem) || error.status !== CHANGED) throw error;
        const fresh = await get<Conversation>(`/api/conversations/${conversation.id}`);
        if (!isAsSeen(conversation, fresh, me)) throw error;
        return change(act, fresh, until);
      }
    },
    onMutate: async ({ act, conversation: { id }, isUndo }) => {
      // A list that was asked for before would bring the row back.
      await client.cancelQueries({ queryKey: ["queue"] });
      if (isUndo) return;
      const state = BECOMES[act];
      if (state) patchRow(client, id, { state });
      if (leaves(act)) dropRow(client, id);
    },
    onSuccess: (conversation, { act, isUndo }) => {
      if (leaves(act) && !isUndo) dropRow(client, conversation.id);
      client.setQueryData(["conversation", conversation.id], conversation);
      void client.invalidateQueries({ queryKey: ["queue"] });
      void client.invalidateQueries({ queryKey: ["customer", conversation.customer_id] });
      const undo =
        UNDOABLE.has(act) && !isUndo ? () => mutation.mutate({ act, conversation, isUndo: true }) : undefined;
      offerUndo(
        `act:${conversation.id}`,
        isUndo
          ? `Undone: ${SAID[act].toLowerCase()}`
          : `${conversation.follow_up_at ? `Waits until ${whole(conversation.follow_up_at)}` : SAID[act]}: ${conversation.customer_name}`,
        undo,
      );
    },
    onError: (error, { conversation, isUndo }) => {
      if (isUndo) offerUndo(`act:${conversation.id}`, `Not undone. ${error.message}`);
      return readAgain(conversation.id);
    },
  });
  return mutation;
}
