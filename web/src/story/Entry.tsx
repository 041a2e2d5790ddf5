import { memo } from "react";
import type { Conversation, CustomerView, StoryEntry } from "../api/types";
import { Line } from "./Line";
import { Note } from "./Note";
import { Said } from "./Said";

export type EntryProps = {
  entry: StoryEntry;
  day: string;
  isBright: boolean;
  view: CustomerView;
  open?: Conversation | undefined;
};

/** One entry of the story: what people said, or one line of what things did. */
export const Entry = memo(function Entry(props: EntryProps) {
  const { kind, direction } = props.entry;
  if (kind !== "interaction") return <Line entry={props.entry} day={props.day} />;
  return direction === "note" ? <Note {...props} /> : <Said {...props} />;
}, isSame);

function isSame(a: EntryProps, b: EntryProps): boolean {
  return (
    a.entry === b.entry &&
    a.day === b.day &&
    a.isBright === b.isBright &&
    a.view.customer === b.view.customer &&
    a.open?.due_at === b.open?.due_at
  );
}
