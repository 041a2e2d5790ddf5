import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from "react";
import type { IconName } from "../parts/icons";

/** Something one can do: shown in the palette and in the list of keys, done by its key. */
export type Verb = {
  id: string;
  words: string;
  group: string;
  icon: IconName;
  /** One letter, or "mod+k"; none: palette only. */
  key?: string;
  /** Works while typing too. */
  anywhere?: boolean;
  /** The pane in which its key means this, whatever it means elsewhere. */
  within?: string;
  /** Listed among the keys, not offered in the palette. */
  hidden?: boolean;
  run: () => void;
};

const stacks = new Map<symbol, Verb[]>();
const listeners = new Set<() => void>();
let all: Verb[] = [];

function changed() {
  all = [...stacks.values()].flat();
  for (const each of listeners) each();
}

function listen(onChange: () => void) {
  listeners.add(onChange);
  return () => {
    listeners.delete(onChange);
  };
}

/** Every verb that can be done now. */
export const useAllVerbs = () => useSyncExternalStore(listen, () => all);
export const allVerbs = () => all;

/** Offer verbs while this component stands. */
export function useVerbs(verbs: Verb[]): void {
  const latest = useRef(verbs);
  const shape = verbs
    .map((verb) => `${verb.id}/${verb.group}/${verb.words}/${verb.key}/${verb.hidden}`)
    .join("|");
  useLayoutEffect(() => {
    latest.current = verbs;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shape says when the list itself has changed
  useEffect(() => {
    const name = Symbol("verbs");
    const calling = latest.current.map((verb) => ({
      ...verb,
      run: () => latest.current.find(({ id }) => id === verb.id)?.run(),
    }));
    stacks.set(name, calling);
    changed();
    return () => {
      stacks.delete(name);
      changed();
    };
  }, [shape]);
}
