import type { Act, Conversation } from "../api/types";
import { useVerbs } from "../keys/verbs";
import type { Mode } from "./drafts";

type Props = {
  conversation: Conversation | undefined;
  mode: Mode;
  choose: (mode: Mode) => void;
  go: (acts?: Act[]) => void;
};

/** What the composer can do, for keys and palette. */
export function useComposerVerbs({ conversation, mode, choose, go }: Props): void {
  const group = conversation ? `For ${conversation.customer_name}` : "Reply";
  const send = { note: "Keep the note", reply: "Send the reply", forward: "Pass it on" }[mode];
  useVerbs([
    { id: "reply", words: "Reply", group, icon: "send", key: "r", run: () => choose("reply") },
    { id: "note", words: "Note for colleagues", group, icon: "note", key: "n", run: () => choose("note") },
    { id: "send", words: send, group, icon: "send", key: "mod+enter", anywhere: true, run: () => go() },
  ]);
}
