import { useSyncExternalStore } from "react";

/** Words not yet sent, for one conversation, on this machine. */
export type Draft = { mode: "reply" | "note"; reply: string; note: string; subject?: string; cc?: string };

const EMPTY: Draft = { mode: "reply", reply: "", note: "" };
const known = new Map<string, Draft>();
const listeners = new Set<() => void>();
const place = (id: string) => `doorstep.draft.${id}`;

function stored(id: string): Draft {
  try {
    const text = localStorage.getItem(place(id));
    return text ? { ...EMPTY, ...(JSON.parse(text) as Partial<Draft>) } : EMPTY;
  } catch {
    return EMPTY;
  }
}

export function draft(id: string): Draft {
  const mine = known.get(id) ?? stored(id);
  known.set(id, mine);
  return mine;
}

/** Keep what changed; an empty draft leaves nothing behind. */
export function keepDraft(id: string, change: Partial<Draft>): void {
  const next = { ...draft(id), ...change };
  known.set(id, next);
  try {
    if (next.reply || next.note) localStorage.setItem(place(id), JSON.stringify(next));
    else localStorage.removeItem(place(id));
  } catch (error) {
    console.info("This browser keeps no drafts:", error);
  }
  for (const each of listeners) each();
}

/** Put words back that were sent or refused; what has been written since stays below them. */
export function putBack(id: string, mode: Draft["mode"], text: string): void {
  const since = draft(id)[mode];
  keepDraft(id, { mode, [mode]: since.trim() ? `${text}\n\n${since}` : text });
}

function listen(onChange: () => void) {
  listeners.add(onChange);
  return () => {
    listeners.delete(onChange);
  };
}

export const useDraft = (id: string): Draft => useSyncExternalStore(listen, () => draft(id));
