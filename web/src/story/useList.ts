import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { type FocusEvent, type RefObject, useRef } from "react";
import { entryKey } from "../api/story";
import { estimate } from "./estimate";
import type { Reading } from "./useReading";

/** Pixels from the end within which one is still at it. */
const NEAR = 48;
/** The height of the row that leads on at either end. */
export const EDGE = 36;
const MARGIN = 6;

/** Only what is seen is drawn. What is read stays where it is when more comes in, above or below. */
export function useList(box: RefObject<HTMLElement | null>, reading: Reading) {
  const focused = useRef<string | null>(null);
  const { entries } = reading;
  const keyAt = (at: number) => {
    const entry = entries[at];
    return entry ? entryKey(entry) : at;
  };
  const list = useVirtualizer({
    count: entries.length,
    getScrollElement: () => box.current,
    estimateSize: (at) => estimate(entries[at]),
    getItemKey: keyAt,
    anchorTo: "end",
    followOnAppend: !reading.hasLater,
    scrollEndThreshold: NEAR,
    overscan: 12,
    paddingStart: reading.hasEarlier ? EDGE : MARGIN,
    paddingEnd: reading.hasLater ? EDGE : MARGIN,
    rangeExtractor: (range) => {
      const drawn = defaultRangeExtractor(range);
      if (!focused.current) return drawn;
      const at = entries.findIndex((_, each) => keyAt(each) === focused.current);
      return at < 0 || drawn.includes(at) ? drawn : [...drawn, at].sort((a, b) => a - b);
    },
  });
  /** What holds the focus stays drawn, wherever one scrolls. */
  const onFocus = ({ target }: FocusEvent) => {
    focused.current = target.closest<HTMLElement>("[data-key]")?.dataset.key ?? null;
  };
  const onBlur = () => {
    focused.current = null;
  };
  return { list, onFocus, onBlur };
}

export type List = ReturnType<typeof useList>["list"];
