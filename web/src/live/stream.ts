import type { Query, QueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { apply } from "./apply";
import { reduce, type Shown } from "./reduce";
import { openSource } from "./source";
import { hear, lead, say, type Word } from "./tabs";

let lostAt: number | null = null;
let shown: Shown = { conversationId: null, customerId: null };
const listeners = new Set<() => void>();

function setLost(at: number | null) {
  if (lostAt === at) return;
  lostAt = at;
  for (const each of listeners) each();
}

function listen(onChange: () => void) {
  listeners.add(onChange);
  return () => {
    listeners.delete(onChange);
  };
}

/** Since when the live line is lost; null while it holds. */
export const useLostLine = () => useSyncExternalStore(listen, () => lostAt);

/** Tell the stream what is on screen. */
export function show(now: Shown): void {
  shown = now;
}

const isOfSession = ({ queryKey }: Query) => queryKey[0] === "session";
/** What was read, or asked for, before a line that begins only now could tell of changes to it. */
const mayBeOld = (query: Query) => query.queryKey[0] === "queue" || query.state.dataUpdatedAt > 0;

function connect(client: QueryClient): () => void {
  let seen: number | null = null;
  const readAll = (which: (query: Query) => boolean = () => true) =>
    void client.invalidateQueries({ predicate: (query) => !isOfSession(query) && which(query) });
  /** Go on from `after`; words that never reached this tab are made good by reading all again. */
  const goOn = (after: number | null) => {
    if (after === null) return;
    if (seen !== null && seen < after) readAll();
    seen = Math.max(seen ?? after, after);
  };
  const take = (word: Word) => {
    if (word.say === "line") {
      setLost(word.lostAt);
      if (word.isNew && seen === null) readAll(mayBeOld);
      goOn(word.seen);
    } else if (word.say === "reset") {
      seen = word.id;
      readAll();
    } else if (word.say === "change" && (seen === null || word.id > seen)) {
      goOn(word.after);
      seen = word.id;
      void apply(client, reduce(word.change, shown));
    }
  };
  const stopHearing = hear(take);
  say({ say: "joined" });
  const stopLeading = lead(() => openSource(() => seen));
  return () => {
    stopLeading();
    stopHearing();
  };
}

/** Follow the one live line that the tabs of this browser share, while somebody is signed in. */
export function useStream(client: QueryClient): void {
  useEffect(() => connect(client), [client]);
}
