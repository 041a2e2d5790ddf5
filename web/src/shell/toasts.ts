import { useSyncExternalStore } from "react";

/** Something just done that can be undone for ten seconds. */
export type Toast = { id: string; words: string; until: number; undo?: () => void };

const LASTS = 10_000;
const listeners = new Set<() => void>();
let toasts: Toast[] = [];

function change(next: Toast[]) {
  toasts = next;
  for (const each of listeners) each();
}

function listen(onChange: () => void) {
  listeners.add(onChange);
  return () => {
    listeners.delete(onChange);
  };
}

export const useToasts = () => useSyncExternalStore(listen, () => toasts);

export function dropToast(id: string): void {
  change(toasts.filter((toast) => toast.id !== id));
}

/** Say what was done, with the way back. */
export function offerUndo(id: string, words: string, undo?: () => void, until = Date.now() + LASTS): void {
  const toast: Toast = undo ? { id, words, until, undo } : { id, words, until };
  change([...toasts.filter((each) => each.id !== id), toast].slice(-3));
  window.setTimeout(() => dropToast(id), Math.max(0, until - Date.now()));
}

/** Undo the latest thing that can be undone. */
export function undoLatest(): void {
  const latest = toasts.findLast((toast) => toast.undo);
  if (!latest) return;
  dropToast(latest.id);
  latest.undo?.();
}
