import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { Act, Conversation, Filled } from "../api/types";
import { Notice, Refused } from "../parts/Notice";
import { mayWrite, useMe } from "../shell/useMe";
import { Attach } from "./Attach";
import { Choice } from "./Choice";
import { Closing } from "./Closing";
import { draftKey, keepDraft, type Mode, useDraft } from "./drafts";
import { Envelope } from "./Envelope";
import { FileRow } from "./FileRow";
import { Macros } from "./Macros";
import { mentionedIn, useColleagues } from "./mentions";
import { Newer } from "./Newer";
import { Others } from "./Others";
import { plain } from "./plain";
import { pictureOf } from "./rich/pictures";
import type { Field } from "./rich/Rich";
import { SendRow } from "./SendRow";
import { Unfilled, unfilledIn } from "./Unfilled";
import { useComposerVerbs } from "./useComposerVerbs";
import { useFiles } from "./useFiles";
import { useKept } from "./useKept";
import { useReady } from "./useReady";
import { newerOf } from "./useSend";
import { useWriting } from "./useWriting";
import { Writing } from "./Writing";

type Props = { id: string; conversation: Conversation | undefined };

/** The one place to answer: the channel is a choice beside the words. */
export function Composer(props: Props) {
  const isWriter = mayWrite(useMe());
  return isWriter ? (
    <Desk {...props} />
  ) : (
    <p className="comp m">You read here; an auditor does not answer.</p>
  );
}

function Desk({ id, conversation }: Props) {
  const key = draftKey(useMe(), id);
  const typed = useDraft(key);
  const isRead = useKept(id, key, typed);
  const ready = useReady(key, typed, conversation, isRead);
  const { words, channel, isRich, isKnown, isReady } = ready;
  const { mode } = words;
  const field = useRef<Field>(null);
  const wanted = useRef(false);
  const colleagues = useColleagues();
  const files = useFiles(id, (file) => field.current?.put(pictureOf(id, file.id, file.name)));
  const { send, canSend, isHeld, limit, length, go } = useWriting({
    ...{ conversation, channel, isKnown, words, files },
    mentions: () => mentionedIn(words.note, colleagues),
  });
  const choose = (to: Mode) => {
    wanted.current = true;
    flushSync(() => keepDraft(key, { mode: to }));
    field.current?.focus();
  };
  const write = (value: string) => {
    if (send.isError) send.reset();
    keepDraft(key, { [isReady ? mode : "early"]: value });
  };
  const [isPicking, setPicking] = useState(false);
  const put = ({ html, acts }: Filled) => {
    field.current?.put(isRich && isReady ? html : plain(html));
    keepDraft(key, { acts: [...new Set<Act>([...(words.acts ?? []), ...acts])] });
  };
  const onSlash = mode === "reply" ? () => setPicking(true) : undefined;
  useComposerVerbs({ conversation, mode, choose, go });
  const newer = newerOf(send.error);
  const unfilled = unfilledIn(send.error);
  const isLetter = mode !== "note";
  return (
    <section className="comp" aria-label="Reply" data-pane-name="composer">
      <Others key={id} conversationId={id} words={words[mode]} />
      <Choice channel={channel} mode={mode} onChoose={choose} />
      {isLetter && !conversation && <div className="assist" />}
      {isLetter && conversation && (
        <Envelope {...{ words, conversation, draftKey: key }} hasSubject={channel?.traits.subject ?? false} />
      )}
      {mode === "reply" && conversation?.refusal && !send.error && (
        <Notice tone="soon" title="Not to be sent now.">
          {conversation.refusal}
        </Notice>
      )}
      {newer && <Newer newer={newer} onAnyway={() => go([], true)} />}
      {send.error && unfilled && <Unfilled error={send.error} names={unfilled} field={field} />}
      {send.error && !newer && !unfilled && (
        <Refused
          what={isLetter ? "Not sent. Your words are back." : "The note was not kept."}
          error={send.error}
        />
      )}
      <Writing
        {...{ field, wanted, words, channel, colleagues, onSlash }}
        name={conversation?.customer_name ?? ""}
        early={isReady ? undefined : (typed.early ?? "")}
        Rich={isRich && isReady ? ready.Rich : undefined}
        onChange={write}
        onFiles={files.take}
        onComposing={ready.setComposing}
      />
      {isLetter && <FileRow files={files} at={`/api/conversations/${id}/draft/attachments`} />}
      {isLetter && <Closing {...{ id, words, draftKey: key }} />}
      <SendRow
        {...{ mode, canSend, isHeld, length, limit }}
        onSend={() => go()}
        onSendAndResolve={
          mode === "reply" && conversation?.state === "open" ? () => go(["resolve"]) : undefined
        }
      >
        {isLetter && channel?.traits.attachments && (
          <Attach onFiles={(chosen) => files.take(chosen, false)} />
        )}
        {mode === "reply" && (
          <Macros conversationId={id} isOpen={isPicking} setOpen={setPicking} onChosen={put} />
        )}
      </SendRow>
    </section>
  );
}
