import { useRef } from "react";
import { newId } from "../api/id";
import type { Conversation } from "../api/types";
import { useVerbs } from "../keys/verbs";
import { useChannel } from "../parts/Glyph";
import { Refused } from "../parts/Notice";
import { mayWrite, useMe } from "../shell/useMe";
import { Choice } from "./Choice";
import { type Draft, draftKey, keepDraft, useDraft } from "./drafts";
import { Envelope } from "./Envelope";
import { SendRow } from "./SendRow";
import { useSend } from "./useSend";
import { Words } from "./Words";

type Props = { id: string; conversation: Conversation | undefined };

/** The one place to answer: the channel is a choice beside the words. */
export function Composer({ id, conversation }: Props) {
  const me = useMe();
  const key = draftKey(me, id);
  const words = useDraft(key);
  const field = useRef<HTMLTextAreaElement>(null);
  const channel = useChannel(conversation?.channel);
  const send = useSend(conversation);
  const { mode } = words;
  const text = words[mode];
  const choose = (to: Draft["mode"]) => {
    keepDraft(key, { mode: to });
    field.current?.focus();
  };
  const limit = mode === "reply" ? (channel?.traits.length ?? null) : null;
  const canSend =
    conversation !== undefined && text.trim() !== "" && (limit === null || text.length <= limit);
  const go = () => {
    if (canSend) send.mutate({ ...words, text: text.trim(), id: words.sending ?? newId() });
  };
  const group = conversation ? `For ${conversation.customer_name}` : "Reply";
  useVerbs(
    mayWrite(me)
      ? [
          { id: "reply", words: "Reply", group, icon: "send", key: "r", run: () => choose("reply") },
          {
            id: "note",
            words: "Note for colleagues",
            group,
            icon: "note",
            key: "n",
            run: () => choose("note"),
          },
          {
            id: "send",
            words: mode === "note" ? "Keep the note" : "Send the reply",
            group,
            icon: "send",
            key: "mod+enter",
            anywhere: true,
            run: go,
          },
        ]
      : [],
  );
  if (!mayWrite(me)) return <p className="comp m">You read here; an auditor does not answer.</p>;
  return (
    <section className="comp" aria-label="Reply" data-pane-name="composer">
      <Choice channel={channel} mode={mode} onChoose={choose} />
      {mode === "reply" && !conversation && <div className="assist" />}
      {mode === "reply" && conversation && (
        <Envelope
          words={words}
          draftKey={key}
          conversation={conversation}
          hasSubject={channel?.traits.subject ?? false}
        />
      )}
      {send.error && (
        <Refused
          what={mode === "note" ? "The note was not kept." : "Not sent. Your words are back."}
          error={send.error}
        />
      )}
      <Words
        field={field}
        label={
          mode === "note"
            ? "Note, only colleagues see it"
            : `Reply, ${channel?.label ?? ""}${channel?.traits.public ? ", everyone sees it" : ""}`
        }
        hint={mode === "note" ? "Only colleagues see this" : `Write to ${conversation?.customer_name ?? ""}`}
        value={text}
        onChange={(value) => {
          if (send.isError) send.reset();
          keepDraft(key, { [mode]: value });
        }}
      />
      <SendRow mode={mode} canSend={canSend} length={text.length} limit={limit} onSend={go} />
    </section>
  );
}
