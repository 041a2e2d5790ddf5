import { type RefObject, useEffect, useState } from "react";

/** Whether the pointer or the focus is on a list; nothing moves there then. */
export function useHand(box: RefObject<HTMLElement | null>) {
  const [pointer, setPointer] = useState(false);
  const [focus, setFocus] = useState(false);
  useEffect(() => {
    const list = box.current;
    if (!list) return undefined;
    const stop = new AbortController();
    const on = (kind: string, then: () => void) => list.addEventListener(kind, then, { signal: stop.signal });
    on("pointerenter", () => setPointer(true));
    on("pointerleave", () => setPointer(false));
    on("focusin", () => setFocus(true));
    on("focusout", () => setFocus(false));
    return () => stop.abort();
  }, [box]);
  const letGo = () => {
    setPointer(false);
    setFocus(false);
  };
  return { isHere: pointer || focus, letGo };
}
