import { useSyncExternalStore } from "react";

/** What is being asked for beside the work, one at a time: another matter, a day, another customer. */
export type Asked = "join" | "later" | "merge" | null;

let asked: Asked = null;
const listeners = new Set<() => void>();

export function askFor(next: Asked): void {
  asked = next;
  for (const each of listeners) each();
}

function listen(onChange: () => void) {
  listeners.add(onChange);
  return () => {
    listeners.delete(onChange);
  };
}

export const useAsked = () => useSyncExternalStore(listen, () => asked);
