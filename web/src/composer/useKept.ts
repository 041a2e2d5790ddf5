import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { Problem, put, remove } from "../api/client";
import { draftQuery } from "../api/queries";
import type { Kept } from "../api/types";
import { offerUndo } from "../shell/toasts";
import { addresses, typedOf } from "./addresses";
import { type Draft, draftNow, keepDraft } from "./drafts";
import { later } from "./later";
import { listed } from "./listed";
import { plain } from "./plain";
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

/** Words that were given to the server without an answer: found there, nobody else wrote them. */
const unanswered = new Map<string, string>();
const said = ({ html, text }: Pick<Kept, "html" | "text">) => (html ? plain(html) : text);

const isBlank = (draft: Draft) => !draft.reply && !draft.note && !draft.forward;

type Place = { client: QueryClient; conversationId: string; key: string; signal: AbortSignal };

/** Give the server what is written, or take it away. What was sent meanwhile is a draft no more. */
async function give({ client, conversationId, key, signal }: Place, mine: Draft): Promise<void> {
  const at = `/api/conversations/${conversationId}/draft`;
  const known = () => client.getQueryData<Kept | null>(["draft", conversationId]);
  const files = known()?.attachments;
  const isGone = isBlank(mine) && !files?.length;
  if (isGone && known()) await remove(at);
  const saved = isGone ? null : await put<Kept>(at, kept(mine));
  if (signal.aborted) return;
  // A file may have come or gone while it was on its way.
  const attachments = known()?.attachments;
  const isOlder = saved && attachments && attachments !== files;
  keepDraft(key, { version: saved?.version ?? 0 });
  client.setQueryData(["draft", conversationId], isOlder ? { ...saved, attachments } : saved);
  listed(client, conversationId, !isGone);
}

/** Save it; what another window wrote since goes before it, with a way back. */
async function save(place: Place): Promise<void> {
  const { conversationId, key, signal } = place;
  const mine = draftNow(key);
  try {
    await give(place, mine);
    unanswered.delete(key);
  } catch (error) {
    const newer =
      error instanceof Problem && error.status === CHANGED ? (error.body.draft as Kept) : undefined;
    if (signal.aborted) return;
    if (!newer) {
      unanswered.set(key, said(kept(mine)));
      return console.info("The draft is on this machine only:", error);
    }
    if (unanswered.get(key) === said(newer)) {
      unanswered.delete(key);
      keepDraft(key, { version: newer.version });
      return save(place);
    }
    keepDraft(key, here(newer, conversationId));
    const words = "Changed in another window; this is what it says now";
    offerUndo(`draft:${conversationId}`, words, () => keepDraft(key, { ...mine, version: newer.version }));
  }
}

/** Keep one's draft on the server, a moment after the last key; and go on from there on another machine.
 * True when what the server has stands here, or it could not be asked. */
export function useKept(conversationId: string, key: string, draft: Draft): boolean {
  const client = useQueryClient();
  const { data: found, failureCount } = useQuery(draftQuery(conversationId));
  const last = useRef<string>(undefined);
  const [isHere, setHere] = useState(false);
  const isRead = found !== undefined;
  const hasFailed = failureCount > 0;
  useLayoutEffect(() => {
    const mine = draftNow(key);
    if (found && found.version > mine.version && isBlank(mine)) {
      const theirs = here(found, conversationId);
      keepDraft(key, mine.early ? { ...theirs, mode: mine.mode } : theirs);
      last.current = words(draftNow(key));
    }
    if (isRead || hasFailed) setHere(true);
  }, [found, isRead, hasFailed, key, conversationId]);
  const now = words(draft);
  useEffect(() => {
    const isBegun = last.current !== undefined || !isBlank(draftNow(key));
    if (!isRead || now === last.current || !isBegun) return;
    last.current = now;
    later(key, (signal) => save({ client, conversationId, key, signal }));
  }, [now, isRead, key, conversationId, client]);
  return isHere;
}
