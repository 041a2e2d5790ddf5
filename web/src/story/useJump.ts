import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Conversation, CustomerView, StoryEntry } from "../api/types";
import type { List } from "./useList";
import type { Reading } from "./useReading";

const LAST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";

type Aim = { id: string } | { conversationId: string };

function indexOf(entries: StoryEntry[], aim: Aim): number {
  return "id" in aim
    ? entries.findIndex(({ id }) => id === aim.id)
    : entries.findLastIndex((entry) => entry.conversation_id === aim.conversationId);
}

/** Go to an entry, wherever it stands in the story; at once to the open conversation, when it is an old one. */
export function useJump(
  list: List,
  reading: Reading,
  view: CustomerView,
  openId: string | null,
  open: Conversation | undefined,
) {
  const [aim, setAim] = useState<Aim | null>(null);
  const isPlaced = useRef(openId === null);
  const { entries } = reading;
  const go = (to: Aim, place: string) => {
    if (indexOf(entries, to) < 0) reading.around(place);
    setAim(to);
  };
  useLayoutEffect(() => {
    const at = aim ? indexOf(entries, aim) : -1;
    if (at < 0) return;
    list.scrollToIndex(at, { align: "center" });
    setAim(null);
  }, [aim, entries, list]);

  const lastAt = open?.last_at ?? view.conversations.find(({ id }) => id === openId)?.last_at;
  useEffect(() => {
    if (isPlaced.current || !openId || !lastAt) return;
    isPlaced.current = true;
    const isElsewhere = indexOf(entries, { conversationId: openId }) < 0;
    if (isElsewhere && reading.hasEarlier) go({ conversationId: openId }, `${lastAt}_${LAST_ID}`);
  });
  return { go: (id: string, place: string) => go({ id }, place), isOnTheWay: aim !== null };
}
