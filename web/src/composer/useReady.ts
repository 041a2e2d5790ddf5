import { useQuery } from "@tanstack/react-query";
import { useLayoutEffect, useState } from "react";
import { channelsQuery } from "../api/queries";
import type { Conversation } from "../api/types";
import { useChannel } from "../parts/Glyph";
import type { Draft } from "./drafts";
import { settle, settled } from "./early";
import { useRich } from "./useRich";

/** Where words go now. Until all that it depends on has been read, they go into a plain field, and from there
 * to their place: a key is never lost. `isRead`: the draft that the server has stands here. */
export function useReady(key: string, draft: Draft, conversation: Conversation | undefined, isRead: boolean) {
  const Rich = useRich();
  const channel = useChannel(conversation?.channel);
  const areChannelsRead = useQuery(channelsQuery).isFetched;
  const [isComposing, setComposing] = useState(false);
  const isRich = channel?.traits.rich ?? false;
  const isKnown = isRead && areChannelsRead && conversation !== undefined;
  const isReady = draft.mode === "note" || (isKnown && !isComposing && (!isRich || Rich !== undefined));
  useLayoutEffect(() => {
    if (isReady) settle(key, draft, isRich);
  }, [isReady, key, draft, isRich]);
  return { ...{ channel, isRich, isKnown, isReady, setComposing }, words: settled(draft, isRich), Rich };
}
