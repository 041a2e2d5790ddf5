import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { Problem, remove } from "../api/client";
import { draftQuery } from "../api/queries";
import { withEntry } from "../api/story";
import type { Conversation, CustomerView, Newer, Reply, StoryEntry, Undone } from "../api/types";
import { now } from "../live/clock";
import { offerUndo } from "../shell/toasts";
import { useMe } from "../shell/useMe";
import { typedOf } from "./addresses";
import { draftKey, keepDraft, putBack } from "./drafts";
import { entryOf } from "./entry";
import { never } from "./later";
import { dispatch, type Sending } from "./letter";
import { plain } from "./plain";
import { shown } from "./rich/pictures";

/** A moment before the server lets go, so that undo is never offered in vain. */
const MARGIN = 300;
/** Milliseconds after which a reply that got no answer is sent again. */
const PAUSES = [500, 1500];
const CHANGED = 409;

function showEntry(client: QueryClient, customerId: string, entry: StoryEntry): void {
  client.setQueryData<CustomerView>(["customer", customerId], (view) => view && withEntry(view, entry));
}

function dropEntry(client: QueryClient, customerId: string, id: string): void {
  client.setQueryData<CustomerView>(
    ["customer", customerId],
    (view) =>
      view && {
        ...view,
        story: { ...view.story, entries: view.story.entries.filter((each) => each.id !== id) },
      },
  );
}

/** Ask again when no answer came: it may have arrived, and its id keeps it one reply. */
async function insist<T>(ask: () => Promise<T>, pauses: number[]): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const [pause, ...rest] = pauses;
    const isLost = error instanceof Problem && (error.status === 0 || error.status > 500);
    if (!isLost || pause === undefined) throw error;
    await new Promise((resolve) => window.setTimeout(resolve, pause));
    return insist(ask, rest);
  }
}

/** What came in or left since the words were begun, when that is why they were refused. */
export const newerOf = (error: Error | null): Newer | undefined =>
  error instanceof Problem && error.status === CHANGED ? (error.body.newer as Newer | undefined) : undefined;

/** Under an id that another reply has, nothing can be sent; under any other it can be sent again. */
const isTaken = (error: Error) => error instanceof Problem && error.status === CHANGED && !newerOf(error);

/** Take a reply back: its words return to the composer, its files to the draft. */
async function undo(client: QueryClient, key: string, reply: Reply, name: string): Promise<void> {
  const at = reply.conversation_id;
  try {
    const words = await remove<Undone>(`/api/replies/${reply.id}`);
    const kept = await client.fetchQuery({ ...draftQuery(at), staleTime: 0 });
    putBack(key, words.mode, words.html ? shown(words.html, at) : words.text);
    const [to, cc, bcc] = [words.to, words.cc, words.bcc].map(typedOf);
    const { subject, of, sign } = words;
    keepDraft(key, {
      ...{ to, cc, bcc, subject },
      sign: sign && undefined,
      of: of ?? undefined,
      version: kept?.version ?? 0,
    });
  } catch (error) {
    const said = error instanceof Error ? error.message : `The reply to ${name} has gone.`;
    offerUndo(`reply:${reply.id}`, said);
  }
  await readAgain(client, at);
}

/** Words that came back go on from the draft that the server still has. */
async function goOn(client: QueryClient, key: string, conversationId: string): Promise<void> {
  const kept = await client.fetchQuery({ ...draftQuery(conversationId), staleTime: 0 }).catch(missed);
  if (kept) keepDraft(key, { version: kept.version });
}

const missed = (error: unknown) => console.info("The draft could not be read again:", error);

const readAgain = (client: QueryClient, id: string) =>
  Promise.all(
    [["customer"], ["conversation", id], ["draft", id], ["drafts"], ["queue"]].map((queryKey) =>
      client.invalidateQueries({ queryKey }),
    ),
  );

/** Send a reply or keep a note: seen at once; undone for ten seconds; refused words come back. */
export function useSend(conversation: Conversation | undefined) {
  const client = useQueryClient();
  const me = useMe();
  const key = draftKey(me, conversation?.id ?? "");
  return useMutation({
    mutationFn: async (sending: Sending) => {
      if (!conversation) throw new Error("No conversation is open.");
      await never(key);
      return insist(() => dispatch(conversation, sending), sending.mode === "note" ? [] : PAUSES);
    },
    onMutate: (sending) => {
      if (!conversation || !me) return null;
      void never(key);
      void client.cancelQueries({ queryKey: ["draft", conversation.id] });
      const { mode } = sending;
      const text = sending.isRich && mode !== "note" ? plain(sending[mode]) : sending[mode].trim();
      const at = new Date(now()).toISOString();
      const entry = entryOf(me, conversation, mode === "note" ? "note" : "out", text, at);
      const empty = { subject: undefined, to: undefined, cc: undefined, bcc: undefined, of: undefined };
      const open = { sign: undefined, acts: undefined };
      keepDraft(key, {
        ...(mode !== "note" && { ...empty, ...open, early: undefined, sending: undefined }),
        ...{ [mode]: "", mode: "reply", version: 0 },
      });
      client.setQueryData(["draft", conversation.id], null);
      showEntry(client, conversation.customer_id, entry);
      return entry.id;
    },
    onSuccess: (reply) => {
      if (!conversation) return;
      const { customer_name: name, id } = conversation;
      if (reply) {
        const until = Date.now() + Date.parse(reply.send_at) - now() - MARGIN;
        const back = () => void undo(client, key, reply, name);
        offerUndo(`reply:${reply.id}`, `Reply to ${name} goes out`, back, until);
      }
      void readAgain(client, id);
    },
    onError: (error, { mode, id, ...sending }, entryId) => {
      if (!conversation) return;
      putBack(key, mode, sending[mode]);
      const { subject, to, cc, bcc, of, sign, kept: acts } = sending;
      if (mode !== "note") keepDraft(key, { subject, to, cc, bcc, of, sign, acts });
      if (mode !== "note" && !isTaken(error)) keepDraft(key, { sending: id });
      if (entryId) dropEntry(client, conversation.customer_id, entryId);
      void goOn(client, key, conversation.id);
    },
  });
}
