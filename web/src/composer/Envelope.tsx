import { useState } from "react";
import { Button, Input, Label, TextField } from "react-aria-components";
import type { Conversation } from "../api/types";
import { type Draft, keepDraft } from "./drafts";

type Props = { draftKey: string; words: Draft; conversation: Conversation; hasSubject: boolean };

const people = (addresses: Conversation["reply"]["to"]) =>
  addresses.map(({ name, value }) => name || value).join(", ");

/** Whom it goes to and under what subject; a click away to change. */
export function Envelope({ draftKey, words, conversation, hasSubject }: Props) {
  const [isOpen, setOpen] = useState(false);
  const { reply } = conversation;
  const subject = words.subject ?? reply.subject;
  const copies = words.cc ?? reply.cc.map(({ value }) => value).join(", ");
  if (!hasSubject) return null;
  return (
    <>
      <div className="assist">
        <span className="cut">
          To{" "}
          <bdi title={reply.to.map(({ value }) => value).join(", ")}>
            {people(reply.to) || conversation.customer_name}
          </bdi>
          {copies && `, copy to ${copies}`} · <span dir="auto">{subject}</span>
        </span>
        <Button className="btn sm quiet end" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
          {isOpen ? "Done" : "Change"}
        </Button>
      </div>
      {isOpen && (
        <div className="envelope">
          <TextField value={subject} onChange={(value) => keepDraft(draftKey, { subject: value })}>
            <Label>Subject</Label>
            <Input className="input" dir="auto" />
          </TextField>
          <TextField value={copies} onChange={(value) => keepDraft(draftKey, { cc: value })}>
            <Label>Copy to</Label>
            <Input className="input" />
          </TextField>
        </div>
      )}
    </>
  );
}
