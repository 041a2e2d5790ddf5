import { useSyncExternalStore } from "react";
import type { Act, Me } from "../api/types";

export type Mode = "reply" | "note" | "forward";

/** Words not yet sent, of one agent for one conversation, on this machine. A reply and a forward are HTML where
 * the channel has it. `sending`: the id they were sent under when nobody knows whether they arrived; sent again
 * under it, they leave once. `version`: that of the server's copy they go on from. `of`: what is forwarded. */
export type Draft = {
  mode: Mode;
  reply: string;
  note: string;
  forward: string;
  /** Typed before it was known whether one writes richly here: plain, and on its way to its place. */
  early?: string | undefined;
  subject?: string | undefined;
  to?: string | undefined;
  cc?: string | undefined;
  bcc?: string | undefined;
  of?: string | undefined;
  sending?: string | undefined;
  /** Whether the signature stands under it; it does when nothing is said. */
  sign?: boolean | undefined;
  /** What is done when it has left, as ready words had it. */
  acts?: Act[] | undefined;
  version: number;
};

const EMPTY: Draft = { mode: "reply", reply: "", note: "", forward: "", version: 0 };
const known = new Map<string, Draft>();
const listeners = new Set<() => void>();
const PLACE = "doorstep.draft.";
const place = (key: string) => `${PLACE}${key}`;

/** Whose words, and where. */
export const draftKey = (me: Me | undefined, conversationId: string) =>
  `${me?.agent_id ?? ""}.${conversationId}`;

function stored(key: string): Draft {
  try {
    const text = localStorage.getItem(place(key));
    return text ? { ...EMPTY, ...(JSON.parse(text) as Partial<Draft>) } : EMPTY;
  } catch {
    return EMPTY;
  }
}

function draft(key: string): Draft {
  const mine = known.get(key) ?? stored(key);
  known.set(key, mine);
  return mine;
}

/** Keep what changed; an empty draft leaves nothing behind. */
export function keepDraft(key: string, change: Partial<Draft>): void {
  const next = { ...draft(key), ...change };
  known.set(key, next);
  try {
    if (next.reply || next.note || next.forward || next.early)
      localStorage.setItem(place(key), JSON.stringify(next));
    else localStorage.removeItem(place(key));
  } catch (error) {
    console.info("This browser keeps no drafts:", error);
  }
  for (const each of listeners) each();
}

/** Put words back that were sent or refused; what has been written since stays below them. */
export function putBack(key: string, mode: Mode, words: string): void {
  const since = draft(key)[mode];
  const between = words.startsWith("<") ? "" : "\n\n";
  keepDraft(key, { mode, [mode]: since.trim() ? `${words}${between}${since}` : words });
}

/** What is kept now, for those who do not watch it. */
export const draftNow = (key: string): Draft => draft(key);

/** Leave none of an agent's words on this machine, nor any from when it was not kept whose they were. */
export function forgetDrafts(me: Me | undefined): void {
  known.clear();
  const isTheirs = (name: string) => name.startsWith(place(`${me?.agent_id ?? ""}.`));
  const isNobodys = (name: string) => name.startsWith(PLACE) && !name.slice(PLACE.length).includes(".");
  for (const name of names()) if (isTheirs(name) || isNobodys(name)) localStorage.removeItem(name);
  for (const each of listeners) each();
}

function names(): string[] {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}

function listen(onChange: () => void) {
  listeners.add(onChange);
  return () => {
    listeners.delete(onChange);
  };
}

export const useDraft = (key: string): Draft => useSyncExternalStore(listen, () => draft(key));
