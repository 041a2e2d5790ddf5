import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { Problem, post, remove } from "../api/client";
import { withEntry } from "../api/story";
import type { Conversation, CustomerView, Reply, StoryEntry, Undone } from "../api/types";
import { now } from "../live/clock";
import { offerUndo } from "../shell/toasts";
import { useMe } from "../shell/useMe";
import { type Draft, draftKey, keepDraft, putBack } from "./drafts";
import { entryOf } from "./entry";

type Sent = Pick<Draft, "mode" | "subject" | "cc"> & { text: string; id: string };

/** A moment before the server lets go, so that undo is never offered in vain. */
const MARGIN = 300;
/** Milliseconds after which a reply that got no answer is sent again. */
const PAUSES = [500, 1500];

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

/** The copies as typed, each an address of the kind the conversation has. */
function copies({ to, cc }: Conversation["reply"], typed: string | undefined): Conversation["reply"]["cc"] {
  const kind = to[0]?.kind ?? cc[0]?.kind;
  if (typed === undefined || !kind) return cc;
  const known = new Map(cc.map((each) => [each.value, each]));
  const values = typed.split(/[,;\s]+/).filter(Boolean);
  return values.map((value) => known.get(value) ?? { kind, value, name: "" });
}

async function ask(conversation: Conversation, { mode, text, subject, cc, id }: Sent): Promise<Reply | null> {
  if (mode === "note") {
    await post(`/api/conversations/${conversation.id}/notes`, { text });
    return null;
  }
  const { reply } = conversation;
  return post<Reply>(`/api/conversations/${conversation.id}/replies`, {
    text,
    to: reply.to,
    cc: copies(reply, cc),
    subject: subject ?? reply.subject,
    id,
  });
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

/** Under an id that another reply has, nothing can be sent; under any other it can be sent again. */
const isTaken = (error: Error) => error instanceof Problem && error.status === 409;

/** Send a reply or keep a note: seen at once; undone for ten seconds; refused words come back. */
export function useSend(conversation: Conversation | undefined) {
  const client = useQueryClient();
  const me = useMe();
  const undo = async (reply: Reply, name: string) => {
    try {
      const words = await remove<Undone>(`/api/replies/${reply.id}`);
      putBack(draftKey(me, reply.conversation_id), "reply", words.text);
    } catch (error) {
      offerUndo(
        `reply:${reply.id}`,
        error instanceof Error ? error.message : `The reply to ${name} has gone.`,
      );
    }
    await Promise.all(
      [["customer"], ["conversation", reply.conversation_id], ["queue"]].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    );
  };
  return useMutation({
    mutationFn: (sent: Sent) => {
      if (!conversation) throw new Error("No conversation is open.");
      return insist(() => ask(conversation, sent), sent.mode === "reply" ? PAUSES : []);
    },
    onMutate: ({ mode, text }) => {
      if (!conversation || !me) return null;
      const entry = entryOf(
        me,
        conversation,
        mode === "note" ? "note" : "out",
        text,
        new Date(now()).toISOString(),
      );
      keepDraft(draftKey(me, conversation.id), {
        [mode]: "",
        ...(mode === "reply" && { sending: undefined }),
      });
      showEntry(client, conversation.customer_id, entry);
      return entry.id;
    },
    onSuccess: (reply) => {
      if (!conversation) return;
      const { customer_id, customer_name, id } = conversation;
      if (reply) {
        const until = Date.now() + Date.parse(reply.send_at) - now() - MARGIN;
        offerUndo(
          `reply:${reply.id}`,
          `Reply to ${customer_name} goes out`,
          () => void undo(reply, customer_name),
          until,
        );
      }
      void client.invalidateQueries({ queryKey: ["customer", customer_id] });
      void client.invalidateQueries({ queryKey: ["conversation", id] });
      void client.invalidateQueries({ queryKey: ["queue"] });
    },
    onError: (error, { mode, text, id }, entryId) => {
      if (!conversation) return;
      const key = draftKey(me, conversation.id);
      putBack(key, mode, text);
      if (mode === "reply" && !isTaken(error)) keepDraft(key, { sending: id });
      if (entryId) dropEntry(client, conversation.customer_id, entryId);
    },
  });
}
