import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { post, remove } from "../api/client";
import type { Presence } from "../api/types";

const BEAT = 15_000;
/** Who has not touched the keys for so long reads, whatever stands there. */
const PAUSE = 20_000;

/** Whether words have changed a moment ago. */
export function useTyping(words: string): boolean {
  const [isTyping, setTyping] = useState(false);
  const last = useRef(words);
  useEffect(() => {
    if (last.current === words) return;
    last.current = words;
    setTyping(words.trim() !== "");
    const timer = window.setTimeout(() => setTyping(false), PAUSE);
    return () => window.clearTimeout(timer);
  }, [words]);
  return isTyping;
}

const missed = (error: unknown) => console.info("Colleagues may not see whether we are here:", error);

/** Say that we are here, and whether we write, for as long as we look; and that we went. */
export function useBeing(conversationId: string, isWriting: boolean): void {
  const client = useQueryClient();
  const at = `/api/conversations/${conversationId}/presence`;
  useEffect(() => {
    const say = () => {
      if (document.visibilityState === "visible")
        post<Presence[]>(at, { writing: isWriting })
          .then((here) => client.setQueryData(["presence", conversationId], here))
          .catch(missed);
    };
    say();
    const timer = window.setInterval(say, BEAT);
    document.addEventListener("visibilitychange", say);
    return () => {
      window.clearInterval(timer);
      document.removeEventListener("visibilitychange", say);
    };
  }, [client, at, conversationId, isWriting]);
  useEffect(
    () => () => {
      if (client.getQueryData(["session"])) remove(at).catch(missed);
    },
    [client, at],
  );
}
