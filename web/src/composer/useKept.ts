import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { Problem, put, remove } from "../api/client";
import { draftQuery } from "../api/queries";
import type { Kept } from "../api/types";
import { offerUndo } from "../shell/toasts";
import { addresses, typedOf } from "./addresses";
import { type Draft, draftNow, keepDraft } from "./drafts";
import { later } from "./later";
import { listed } from "./listed";
import { sent, shown } from "./rich/pictures";

const CHANGED = 409;

const words = ({ mode, reply, note, forward, subject, to, cc, bcc, of }: Draft) =>
  JSON.stringify([mode, reply, note, forward, subject, to, cc, bcc, of]);

/** A draft as the server keeps it. */
function kept(draft: Draft) {
  const { mode, subject, of } = draft;
  const text = mode === "note" ? draft.note : "";
  return {
    ...{ mode, text, subject: subject ?? "", of: of ?? null, version: draft.version },
    html: mode === "note" ? "" : sent(draft[mode]),
    to: addresses(draft.to),
    cc: addresses(draft.cc),
    bcc: addresses(draft.bcc),
  };
}

/** What the server kept, as it stands on this machine. */
function here(found: Kept, conversationId: string): Partial<Draft> {
  const said = found.mode === "note" ? found.text : shown(found.html, conversationId);
  return {
    ...{ mode: found.mode, version: found.version, [found.mode]: said },
    subject: found.subject || undefined,
    of: found.of ?? undefined,
    to: typedOf(found.to),
    cc: typedOf(found.cc),
    bcc: typedOf(found.bcc),
  };
}

const isBlank = (draft: Draft) => !draft.reply && !draft.note && !draft.forward;

/** Give the server what is written; what another window wrote since goes before it, with a way back. */
async function save(client: QueryClient, conversationId: string, key: string): Promise<void> {
  const mine = draftNow(key);
  const at = `/api/conversations/${conversationId}/draft`;
  const there = client.getQueryData<Kept | null>(["draft", conversationId]);
  try {
    if (isBlank(mine) && !there?.attachments.length) {
      if (there) await remove(at);
      keepDraft(key, { version: 0 });
      client.setQueryData(["draft", conversationId], null);
      listed(client, conversationId, false);
      return;
    }
    const saved = await put<Kept>(at, kept(mine));
    keepDraft(key, { version: saved.version });
    client.setQueryData(["draft", conversationId], saved);
    listed(client, conversationId, true);
  } catch (error) {
    const newer =
      error instanceof Problem && error.status === CHANGED ? (error.body.draft as Kept) : undefined;
    if (!newer) return console.info("The draft is on this machine only:", error);
    keepDraft(key, here(newer, conversationId));
    const words = "Changed in another window; this is what it says now";
    offerUndo(`draft:${conversationId}`, words, () => keepDraft(key, { ...mine, version: newer.version }));
  }
}

/** Keep one's draft on the server, a moment after the last key; and go on from there on another machine. */
export function useKept(conversationId: string, key: string, draft: Draft): void {
  const client = useQueryClient();
  const { data: found } = useQuery(draftQuery(conversationId));
  const last = useRef<string>(undefined);
  useEffect(() => {
    const mine = draftNow(key);
    if (found && found.version > mine.version && isBlank(mine)) {
      keepDraft(key, here(found, conversationId));
      last.current = words(draftNow(key));
    }
  }, [found, key, conversationId]);
  const now = words(draft);
  const isRead = found !== undefined;
  useEffect(() => {
    const isBegun = last.current !== undefined || !isBlank(draftNow(key));
    if (!isRead || now === last.current || !isBegun) return;
    last.current = now;
    later(key, () => save(client, conversationId, key));
  }, [now, isRead, key, conversationId, client]);
}
