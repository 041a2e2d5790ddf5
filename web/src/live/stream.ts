import type { QueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import type { Change } from "../api/types";
import { apply } from "./apply";
import { reduce, type Shown } from "./reduce";

const AGAIN = 3000;
/** A line that comes back within this time was never worth a word. */
const GRACE = 1500;

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

function connect(client: QueryClient): () => void {
  let source: EventSource;
  let again: number | undefined;
  let grace: number | undefined;
  let seen = "";
  const refetch = () =>
    void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
  const open = () => {
    const begun = Date.now();
    source = new EventSource(seen ? `/api/stream?last_event_id=${seen}` : "/api/stream");
    source.onopen = () => {
      window.clearTimeout(grace);
      grace = undefined;
      setLost(null);
      void client.invalidateQueries({
        predicate: ({ queryKey, state }) => queryKey[0] === "queue" && state.dataUpdatedAt < begun,
      });
    };
    source.onerror = () => {
      grace ??= window.setTimeout(() => setLost(Date.now()), GRACE);
      if (source.readyState !== EventSource.CLOSED) return;
      void client.invalidateQueries({ queryKey: ["session"] });
      again = window.setTimeout(open, AGAIN);
    };
    source.addEventListener("change", (event: MessageEvent<string>) => {
      seen = event.lastEventId;
      const change = JSON.parse(event.data) as Change;
      void apply(client, reduce(change, shown));
    });
    source.addEventListener("hello", (event: MessageEvent<string>) => {
      seen = event.lastEventId;
    });
    source.addEventListener("reset", (event: MessageEvent<string>) => {
      seen = event.lastEventId;
      refetch();
    });
  };
  open();
  return () => {
    window.clearTimeout(again);
    window.clearTimeout(grace);
    source.close();
  };
}

/** Keep one live line to the server while somebody is signed in. */
export function useStream(client: QueryClient): void {
  useEffect(() => connect(client), [client]);
}
