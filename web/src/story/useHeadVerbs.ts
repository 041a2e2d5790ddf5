import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { Act, Conversation, QueuePage } from "../api/types";
import { useVerbs, type Verb } from "../keys/verbs";
import type { DeskSearch } from "../router";
import { mayWrite, useMe } from "../shell/useMe";
import { useDeskSearch } from "../shell/useOpen";
import { askFor } from "./asked";

type Ask = (asked: { act: Act; conversation: Conversation }) => void;
type HeadVerb = Verb & {
  isMain?: boolean;
  /** Has a key, and no button of its own. */
  isAside?: boolean;
};

/** The conversation after this one in the queue that is shown. */
function useNextId(id: string | undefined): () => string | undefined {
  const client = useQueryClient();
  const { view = "mine", state = "open" } = useDeskSearch();
  return () => {
    const queue = client.getQueryData<InfiniteData<QueuePage>>(["queue", view, state]);
    const rows = queue?.pages.flatMap((page) => page.rows) ?? [];
    const at = rows.findIndex((row) => row.id === id);
    return at < 0 ? undefined : (rows[at + 1] ?? rows[at - 1])?.id;
  };
}

/** Where a conversation stands as a page for the printer. */
export const paper = (id: string) => `/api/conversations/${id}/print`;

/** Print for all who read; wait, resolve, take or reopen: only what this conversation allows. */
export function useHeadVerbs(conversation: Conversation | undefined, ask: Ask): HeadVerb[] {
  const me = useMe();
  const navigate = useNavigate();
  const next = useNextId(conversation?.id);
  const verbs: HeadVerb[] = [];
  if (conversation && mayWrite(me)) {
    const group = `For ${conversation.customer_name}`;
    const act = (what: Act) => () => ask({ act: what, conversation });
    const thenNext = (what: Act) => () => {
      const to = next();
      ask({ act: what, conversation });
      if (to)
        void navigate({
          to: "/conversations/$conversationId",
          params: { conversationId: to },
          search: (was: DeskSearch) => was,
        });
    };
    const isMine = conversation.agent_id === me?.agent_id;
    const isOpen = conversation.state === "open";
    if (!isMine) verbs.push({ id: "take", words: "Take", group, icon: "in", key: "t", run: act("take") });
    else
      verbs.push({ id: "release", words: "Give back to the team", group, icon: "out", run: act("release") });
    if (isOpen)
      verbs.push({ id: "wait", words: "Wait", group, icon: "clock", key: "w", run: thenNext("wait") });
    if (conversation.state !== "resolved")
      verbs.push({
        id: "later",
        words: "Follow up on a day",
        group,
        icon: "bell",
        key: "l",
        isAside: true,
        run: () => askFor("later"),
      });
    verbs.push({
      id: "join",
      words: "Join with another matter",
      group,
      icon: "link",
      key: "m",
      isAside: true,
      run: () => askFor("join"),
    });
    verbs.push({
      id: "merge",
      words: "Merge with another customer",
      group,
      icon: "people",
      run: () => askFor("merge"),
    });
    if (isOpen || conversation.state === "waiting")
      verbs.push({
        id: "resolve",
        words: "Resolve",
        group,
        icon: "check",
        key: "e",
        run: thenNext("resolve"),
        isMain: true,
      });
    if (!isOpen)
      verbs.push({
        id: "reopen",
        words: "Reopen",
        group,
        icon: "undo",
        key: "o",
        run: act("reopen"),
        isMain: conversation.state === "resolved",
      });
  }
  if (conversation) {
    const group = `For ${conversation.customer_name}`;
    const opens = (more: string) => () =>
      void window.open(`${paper(conversation.id)}${more}`, "_blank", "noopener");
    verbs.push({ id: "print", words: "Print", group, icon: "print", run: opens("") });
    verbs.push({ id: "printNotes", words: "Print with notes", group, icon: "print", run: opens("?notes=1") });
  }
  useVerbs(verbs);
  return verbs.filter((verb) => verb.key && !verb.isAside);
}
