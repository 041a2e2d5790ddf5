import type { Editor } from "@tiptap/core";
import {
  type ReactNode,
  type RefObject,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { fill, inWords, makeEditor, type Wishes } from "./editor";
import { Marks } from "./Marks";
import { chooseGap, dropGaps } from "./unknown";

export type Field = {
  focus: () => void;
  put: (html: string) => void;
  /** Choose the first of these variables that is still to be filled in. */
  choose: (names: string[]) => void;
  /** Take these variables out. */
  drop: (names: string[]) => void;
};
type Props = Omit<Wishes, "onEscape"> & {
  field: RefObject<Field | null>;
  /** Whether the cursor is wanted here before there is anything to put it in. */
  wanted: RefObject<boolean>;
  /** What stands beside the marks. */
  more?: ReactNode;
};

/** Where a reply is written, with its marks. What is set from outside replaces what stands there. */
export default function Rich({ field, wanted, more, ...wishes }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(wishes);
  const said = useRef(wishes.html);
  const [editor, setEditor] = useState<Editor>();
  latest.current = wishes;
  useLayoutEffect(() => {
    if (!place.current) return;
    const { hint, label, html } = latest.current;
    const made = makeEditor(place.current, {
      ...{ hint, label, html },
      onChange: (words) => {
        said.current = words;
        latest.current.onChange(words);
      },
      onFiles: (files, inline) => latest.current.onFiles(files, inline),
      onSlash: latest.current.onSlash && (() => latest.current.onSlash?.()),
      onEscape: () => place.current?.closest<HTMLElement>(".story")?.focus(),
    });
    setEditor(made);
    return () => made.destroy();
  }, []);
  // Before the next key, or it would be taken back: what is set here may be older than it.
  useLayoutEffect(() => {
    if (!editor || wishes.html === said.current) return;
    said.current = wishes.html;
    fill(editor, wishes.html);
  }, [editor, wishes.html]);
  useLayoutEffect(() => {
    if (!editor || !wanted.current) return;
    wanted.current = false;
    editor.view.focus();
  }, [editor, wanted]);
  useImperativeHandle(field, () => ({
    focus: () => {
      wanted.current = editor === undefined;
      editor?.view.focus();
    },
    put: (html) => editor && inWords(editor).insertContent(html).run(),
    choose: (names) => {
      editor?.view.focus();
      if (editor) chooseGap(editor, names);
    },
    drop: (names) => {
      editor?.view.focus();
      if (editor) dropGaps(editor, names);
    },
  }));
  return (
    <div className="richly">
      <div ref={place} />
      {editor && <Marks editor={editor}>{more}</Marks>}
    </div>
  );
}
