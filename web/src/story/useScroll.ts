import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { entryKey } from "../api/story";
import type { StoryEntry } from "../api/types";

const NEAR = 48;

type Seen = { first: string; last: string; height: number };

/** Begins at the newest entry, stays there while it is in view, and never jumps when earlier ones come in above. */
export function useScroll(box: RefObject<HTMLElement | null>, entries: StoryEntry[]) {
  const seen = useRef<Seen | null>(null);
  const isAtEnd = useRef(true);
  const hasScrolled = useRef(false);
  const [hasNewBelow, setNewBelow] = useState(false);
  const first = entries[0];
  const last = entries.at(-1);
  const firstKey = first ? entryKey(first) : "";
  const lastKey = last ? entryKey(last) : "";

  useLayoutEffect(() => {
    const list = box.current;
    if (!list) return;
    const before = seen.current;
    if (isAtEnd.current) list.scrollTop = list.scrollHeight;
    else if (before && before.first !== firstKey && before.last === lastKey)
      list.scrollTop += list.scrollHeight - before.height;
    if (before && before.last !== lastKey && !isAtEnd.current) setNewBelow(true);
    seen.current = { first: firstKey, last: lastKey, height: list.scrollHeight };
  });

  useEffect(() => {
    const list = box.current;
    if (!list) return undefined;
    const stop = new AbortController();
    const note = () => {
      isAtEnd.current = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;
      if (isAtEnd.current) setNewBelow(false);
    };
    const touch = () => {
      hasScrolled.current = true;
    };
    list.addEventListener("scroll", note, { signal: stop.signal, passive: true });
    for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"])
      list.addEventListener(kind, touch, { signal: stop.signal, passive: true });
    const grown = new ResizeObserver(() => {
      if (isAtEnd.current) list.scrollTop = list.scrollHeight;
    });
    grown.observe(list);
    return () => {
      stop.abort();
      grown.disconnect();
    };
  }, [box]);
  const toEnd = useCallback(() => {
    const list = box.current;
    if (list) list.scrollTop = list.scrollHeight;
  }, [box]);
  return { hasScrolled, hasNewBelow, toEnd };
}
