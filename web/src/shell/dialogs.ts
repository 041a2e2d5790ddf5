import { useSyncExternalStore } from "react";

export type Dialog = "palette" | "keys" | null;

let open: Dialog = null;
const listeners = new Set<() => void>();

/** Open one of the two things that float over the desk, or close it. */
export function openDialog(next: Dialog): void {
  open = next;
  for (const each of listeners) each();
}

function listen(onChange: () => void) {
  listeners.add(onChange);
  return () => {
    listeners.delete(onChange);
  };
}

export const useDialog = () => useSyncExternalStore(listen, () => open);
