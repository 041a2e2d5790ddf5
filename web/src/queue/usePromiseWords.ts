import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { QueuePage, QueueRow } from "../api/types";
import { announce } from "../live/announce";
import { now } from "../live/clock";
import { type Promised, promise } from "../words/promise";

const EVERY = 5000;

function said(row: QueueRow, state: Promised["state"], words: string): string {
  return state === "broken"
    ? `Promise to ${row.customer_name} broken`
    : `${words} left for ${row.customer_name}`;
}

/** Says each of my promises twice: when a third is left and when it is broken. */
export function usePromiseWords(): void {
  const client = useQueryClient();
  const heard = useRef(new Map<string, Promised["state"]>());
  useEffect(() => {
    const look = () => {
      const mine = client.getQueryData<InfiniteData<QueuePage>>(["queue", "mine", "open"]);
      for (const row of mine?.pages.flatMap((page) => page.rows) ?? []) {
        if (!row.due_at) continue;
        const { state, words } = promise(row.due_at, row.reply_within_s, now());
        const name = `${row.id}/${row.due_at}`;
        const before = heard.current.get(name);
        heard.current.set(name, state);
        if (before && before !== state && state !== "ok") announce(said(row, state, words));
      }
    };
    const timer = window.setInterval(look, EVERY);
    return () => window.clearInterval(timer);
  }, [client]);
}
