import { useSyncExternalStore } from "react";

let words = "";
const listeners = new Set<() => void>();

/** Say something politely to screen readers. */
export function announce(said: string): void {
  words = said === words ? `${said}\u00a0` : said;
  for (const each of listeners) each();
}

function listen(onChange: () => void) {
  listeners.add(onChange);
  return () => {
    listeners.delete(onChange);
  };
}

export const useAnnouncement = () => useSyncExternalStore(listen, () => words);
