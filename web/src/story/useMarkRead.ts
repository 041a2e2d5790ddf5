import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { post } from "../api/client";
import type { Conversation } from "../api/types";
import { mayWrite, useMe } from "../shell/useMe";
import { patchRow } from "./patch";

/** Opening a conversation marks it read, while its page is in front. */
export function useMarkRead(conversation: Conversation | undefined): void {
  const client = useQueryClient();
  const writes = mayWrite(useMe());
  const id = conversation?.id;
  const unread = conversation?.unread ?? false;
  useEffect(() => {
    if (!id || !unread || !writes) return undefined;
    const mark = () => {
      if (document.hidden) return;
      patchRow(client, id, { unread: false });
      post(`/api/conversations/${id}/read`).catch(() => client.invalidateQueries({ queryKey: ["queue"] }));
    };
    mark();
    document.addEventListener("visibilitychange", mark);
    return () => document.removeEventListener("visibilitychange", mark);
  }, [client, id, unread, writes]);
}
