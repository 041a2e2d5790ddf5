import { useQueryClient } from "@tanstack/react-query";
import { newId } from "../api/id";
import type { Act, Channel, Conversation, CustomerView } from "../api/types";
import type { Draft } from "./drafts";
import type { Files } from "./useFiles";
import { useSend } from "./useSend";

type Writing = {
  conversation: Conversation | undefined;
  channel: Channel | undefined;
  words: Draft;
  files: Files;
  mentions: () => string[];
};

/** Whether what stands there can be sent, and how. */
export function useWriting({ conversation, channel, words, files, mentions }: Writing) {
  const client = useQueryClient();
  const send = useSend(conversation);
  const { mode } = words;
  const isRich = channel?.traits.rich ?? false;
  const limit = mode === "reply" && !isRich ? (channel?.traits.length ?? null) : null;
  const length = words[mode].length;
  const hasWords = words[mode].trim() !== "" || (mode !== "note" && files.files.length > 0);
  const hasAim = mode !== "forward" || Boolean(words.to?.trim());
  const canSend =
    conversation !== undefined &&
    !files.isBusy &&
    (hasWords || mode === "forward") &&
    hasAim &&
    (limit === null || length <= limit);
  const newest = () => {
    const view = conversation && client.getQueryData<CustomerView>(["customer", conversation.customer_id]);
    const seen = view?.story.entries.filter(
      (entry) =>
        entry.kind === "interaction" &&
        entry.conversation_id === conversation?.id &&
        entry.direction !== "note",
    );
    return seen?.findLast(({ id }) => !id.startsWith("sending-"))?.id;
  };
  const go = (acts: Act[] = [], anyway = false) => {
    if (!canSend) return;
    const sending = { ...words, id: words.sending ?? newId(), files: files.files, isRich, anyway };
    const all = [...new Set([...(mode === "reply" ? (words.acts ?? []) : []), ...acts])];
    send.mutate({ ...sending, acts: all, kept: words.acts, mentions: mentions(), asOf: newest() });
  };
  return { ...{ send, canSend, limit, length, isRich, go } };
}
