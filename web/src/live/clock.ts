import { useSyncExternalStore } from "react";

let ahead = 0;
const listeners = new Set<() => void>();
let timer: number | undefined;

/** Learn the server's time, so that a wrong clock on this machine breaks no promise. */
export function tellTime(now: string): void {
  ahead = Date.parse(now) - Date.now();
}

/** The server's time, in milliseconds. */
export const now = () => Date.now() + ahead;

function listen(onTick: () => void): () => void {
  listeners.add(onTick);
  timer ??= window.setInterval(() => {
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(onTick);
    if (listeners.size === 0) {
      window.clearInterval(timer);
      timer = undefined;
    }
  };
}

/** A text that follows the clock; its component is drawn again only when the text changes. */
export const useTicking = (read: () => string): string => useSyncExternalStore(listen, read);
