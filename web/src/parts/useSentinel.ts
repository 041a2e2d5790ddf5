import { type RefObject, useEffect, useRef } from "react";

/** Calls when the marked element comes near the screen. */
export function useSentinel(onNear: () => void, margin = "600px"): RefObject<HTMLDivElement | null> {
  const mark = useRef<HTMLDivElement>(null);
  const latest = useRef(onNear);
  useEffect(() => {
    latest.current = onNear;
  });
  useEffect(() => {
    const element = mark.current;
    if (!element) return undefined;
    const watch = new IntersectionObserver(
      (seen) => seen.some((each) => each.isIntersecting) && latest.current(),
      {
        rootMargin: margin,
      },
    );
    watch.observe(element);
    return () => watch.disconnect();
  }, [margin]);
  return mark;
}
