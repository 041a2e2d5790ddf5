import type { Change } from "../api/types";

/** What the tabs of one browser tell each other; `id` and `seen` are the numbers of events. */
export type Word =
  | { say: "change"; id: number; after: number | null; change: Change }
  | { say: "reset"; id: number }
  | { say: "line"; seen: number | null; lostAt: number | null; isNew: boolean }
  | { say: "joined" }
  | { say: "who" }
  | { say: "out" };

const NAME = "doorstep.live.1";
const channel = new BroadcastChannel(NAME);
const hearers = new Set<(word: Word) => void>();

const deliver = (word: Word) => {
  for (const each of [...hearers]) each(word);
};
channel.onmessage = ({ data }: MessageEvent<Word>) => deliver(data);

/** Say it in every tab, this one included. */
export function say(word: Word): void {
  channel.postMessage(word);
  deliver(word);
}

/** Listen to what any tab says, until the returned function is called. */
export function hear(hearer: (word: Word) => void): () => void {
  hearers.add(hearer);
  return () => {
    hearers.delete(hearer);
  };
}

/** Lead from when no other tab does, to the end of this one or of the returned function's call.
 * Without locks (a page that is not secure has none) each tab leads itself. */
export function lead(begin: () => () => void): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  const untilEnd = () =>
    new Promise<void>((resolve) => {
      if (signal.aborted) return resolve();
      const stop = begin();
      signal.addEventListener("abort", () => {
        stop();
        resolve();
      });
    });
  const locks: LockManager | undefined = navigator.locks;
  const held = locks ? locks.request(NAME, { signal }, untilEnd) : untilEnd();
  held.catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  return () => ended.abort();
}
