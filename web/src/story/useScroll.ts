import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { entryKey } from "../api/story";
import type { StoryEntry } from "../api/types";
import type { List } from "./useList";
import type { Reading } from "./useReading";

/** So many entries from either end more of the story is asked for. */
const AHEAD = 30;

/** Begins at the newest entry, stays there while it is in view, and reads on where one scrolls to. */
export function useScroll(
  box: RefObject<HTMLElement | null>,
  list: List,
  reading: Reading,
  newest: StoryEntry | undefined,
) {
  const isAtEnd = useRef(true);
  const hasScrolled = useRef(false);
  const newestKey = newest ? entryKey(newest) : "";
  const seenKey = useRef(newestKey);
  const [hasNewBelow, setNewBelow] = useState(false);
  const drawn = list.getVirtualItems();
  const first = drawn[0]?.index ?? 0;
  const last = drawn.at(-1)?.index ?? 0;
  const isFar = reading.hasLater || list.getDistanceFromEnd() > (list.scrollRect?.height ?? 0);

  useLayoutEffect(() => list.scrollToEnd(), [list]);
  useEffect(() => {
    if (seenKey.current === newestKey) return;
    seenKey.current = newestKey;
    if (!isAtEnd.current || reading.hasLater) setNewBelow(true);
  });
  useEffect(() => {
    if (!hasScrolled.current || reading.error) return;
    if (first < AHEAD) reading.earlier();
    if (last > reading.entries.length - AHEAD) reading.later();
  });
  useEffect(() => {
    const scrolled = box.current;
    if (!scrolled) return undefined;
    const stop = new AbortController();
    const note = () => {
      isAtEnd.current = list.isAtEnd();
      if (isAtEnd.current) setNewBelow(false);
    };
    const touch = () => {
      hasScrolled.current = true;
    };
    scrolled.addEventListener("scroll", note, { signal: stop.signal, passive: true });
    for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"])
      scrolled.addEventListener(kind, touch, { signal: stop.signal, passive: true });
    const grown = new ResizeObserver(() => {
      if (isAtEnd.current) list.scrollToEnd();
    });
    grown.observe(scrolled);
    return () => {
      stop.abort();
      grown.disconnect();
    };
  }, [box, list]);
  return { hasNewBelow: hasNewBelow && isFar, isFar, hasScrolled };
}
