import type { RefObject } from "react";
import type { Channel, Colleague } from "../api/types";
import type { Draft } from "./drafts";
import type { Field } from "./rich/Rich";
import type { RichEditor } from "./useRich";
import { Words } from "./Words";

type Props = {
  field: RefObject<Field | null>;
  wanted: RefObject<boolean>;
  words: Draft;
  /** What stands in the field while it is not known how one writes here. */
  early: string | undefined;
  channel: Channel | undefined;
  name: string;
  /** The editor, where one writes richly and it is here. */
  Rich: RichEditor | undefined;
  colleagues: Colleague[];
  onChange: (words: string) => void;
  onFiles: (files: File[], inline: boolean) => void;
  onSlash: (() => void) | undefined;
  onComposing: (isComposing: boolean) => void;
};

function labels({ words: { mode }, channel, name }: Props) {
  if (mode === "note")
    return {
      label: "Note, only colleagues see it",
      hint: "Only colleagues see this. @ names one of them",
    };
  const everyone = channel?.traits.public ? ", everyone sees it" : "";
  return {
    label: `${mode === "reply" ? "Reply" : "Pass on"}, ${channel?.label ?? ""}${everyone}`,
    hint: mode === "reply" ? `Write to ${name || "them"}` : "A word to go with it",
  };
}

/** The field for the words: rich where the channel has it, plain elsewhere and until that is known. */
export function Writing(props: Props) {
  const { Rich, words, early, onFiles, colleagues, field, wanted, onChange, onSlash, onComposing } = props;
  const { mode } = words;
  const { label, hint } = labels(props);
  const isEarly = mode !== "note" && early !== undefined;
  if (Rich && mode !== "note")
    return (
      <Rich key={mode} {...{ field, wanted, onSlash, label, hint, onChange, onFiles }} html={words[mode]} />
    );
  return (
    <div className="richly">
      <Words
        {...{ field, wanted, onSlash, label, onComposing, onChange }}
        hint={isEarly && words[mode] ? "" : hint}
        value={isEarly ? early : words[mode]}
        colleagues={mode === "note" ? colleagues : []}
      />
      {isEarly && <div className="marks" />}
    </div>
  );
}
