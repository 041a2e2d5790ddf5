import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { newId } from "../api/id";
import type { Act, Channel, Conversation, CustomerView } from "../api/types";
import type { Draft } from "./drafts";
import type { Files } from "./useFiles";
import { useSend } from "./useSend";

type Writing = {
  conversation: Conversation | undefined;
  channel: Channel | undefined;
  /** All that says where and how it is sent has been read. */
  isKnown: boolean;
  words: Draft;
  files: Files;
  mentions: () => string[];
};

/** Whether what stands there can be sent, and how. What is sent too early goes when the rest is here. */
export function useWriting({ conversation, channel, isKnown, words, files, mentions }: Writing) {
  const client = useQueryClient();
  const send = useSend(conversation);
  const [held, setHeld] = useState<Act[]>();
  const { mode } = words;
  const isNote = mode === "note";
  const isRich = channel?.traits.rich ?? false;
  const limit = mode === "reply" && !isRich ? (channel?.traits.length ?? null) : null;
  const length = words[mode].length;
  const hasFiles = !isNote && (files.files.length > 0 || files.isBusy);
  const hasWords = words[mode].trim() !== "" || hasFiles || mode === "forward";
  const hasAim = mode !== "forward" || Boolean(words.to?.trim());
  const isWhole = hasWords && hasAim && (limit === null || length <= limit);
  const isComing = !conversation || (!isNote && (!isKnown || files.isBusy));
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
    if (!isWhole) return;
    if (isComing) return setHeld(acts);
    const sending = { ...words, id: words.sending ?? newId(), files: files.files, isRich, anyway };
    const all = [...new Set([...(mode === "reply" ? (words.acts ?? []) : []), ...acts])];
    send.mutate({ ...sending, acts: all, kept: words.acts, mentions: mentions(), asOf: newest() });
  };
  useEffect(() => {
    if (!held || isComing) return;
    setHeld(undefined);
    if (!files.error) go(held);
  });
  return { ...{ send, canSend: isWhole && !held, isHeld: held !== undefined, limit, length, go } };
}
