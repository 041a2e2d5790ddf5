import { useState } from "react";
import { Button, Input, Label, TextField } from "react-aria-components";
import type { Conversation } from "../api/types";
import { type Draft, keepDraft } from "./drafts";

type Props = { draftKey: string; words: Draft; conversation: Conversation; hasSubject: boolean };
type Part = "to" | "cc" | "bcc" | "subject";

const FIELDS: { part: Part; label: string }[] = [
  { part: "to", label: "To" },
  { part: "cc", label: "Copy to" },
  { part: "bcc", label: "Hidden copy to" },
  { part: "subject", label: "Subject" },
];

const values = (people: Conversation["reply"]["to"]) => people.map(({ value }) => value).join(", ");
const names = (people: Conversation["reply"]["to"]) =>
  people.map(({ name, value }) => name || value).join(", ");

/** Whom it goes to and under what subject, unless the agent says otherwise. */
function usual({ reply }: Conversation, isForward: boolean): Record<Part, string> {
  if (isForward) return { to: "", cc: "", bcc: "", subject: `Fwd: ${reply.subject}` };
  return { to: values(reply.to), cc: values(reply.cc), bcc: "", subject: reply.subject };
}

/** Whom it goes to and under what subject; a click away to change. */
export function Envelope({ draftKey, words, conversation, hasSubject }: Props) {
  const isForward = words.mode === "forward";
  const [isWanted, setWanted] = useState(false);
  const isOpen = isWanted || isForward;
  const said = usual(conversation, isForward);
  const at = (part: Part) => words[part] ?? said[part];
  const fields = FIELDS.filter(({ part }) => hasSubject || part !== "subject");
  const to = words.to ?? (names(conversation.reply.to) || conversation.customer_name);
  return (
    <>
      <div className="assist">
        <span className="cut">
          {isForward ? "Passed on with its files" : "To"} {!isForward && <bdi title={at("to")}>{to}</bdi>}
          {!isForward && at("cc") && `, copy to ${at("cc")}`}
          {!isForward && at("bcc") && `, hidden copy to ${at("bcc")}`}
          {!isForward && hasSubject && (
            <>
              {" "}
              · <span dir="auto">{at("subject")}</span>
            </>
          )}
        </span>
        {!isForward && (
          <Button className="btn sm quiet end" aria-expanded={isOpen} onPress={() => setWanted(!isOpen)}>
            {isOpen ? "Done" : "Change"}
          </Button>
        )}
      </div>
      {isOpen && (
        <div className="envelope">
          {fields.map(({ part, label }) => (
            <TextField
              key={part}
              value={at(part)}
              autoFocus={isForward && part === "to" && !words.to}
              onChange={(value) => keepDraft(draftKey, { [part]: value })}
            >
              <Label>{label}</Label>
              <Input className="input" dir="auto" />
            </TextField>
          ))}
        </div>
      )}
    </>
  );
}
