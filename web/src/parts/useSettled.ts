import { useEffect, useState } from "react";

const PAUSE = 90;

/** What was typed, once the fingers rest. */
export function useSettled(words: string): string {
  const [settled, setSettled] = useState(words.trim());
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(words.trim()), PAUSE);
    return () => window.clearTimeout(timer);
  }, [words]);
  return settled;
}
