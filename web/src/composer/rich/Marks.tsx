import type { Editor } from "@tiptap/core";
import { type ReactNode, useSyncExternalStore } from "react";
import { ToggleButton, Toolbar } from "react-aria-components";
import { Icon } from "../../parts/Icon";
import type { IconName } from "../../parts/icons";
import { inWords } from "./editor";
import { LinkTo } from "./LinkTo";

type Mark = { name: string; words: string; icon: IconName; run: (editor: Editor) => void };

const MARKS: Mark[] = [
  { name: "bold", words: "Bold", icon: "bold", run: (e) => inWords(e).toggleBold().run() },
  { name: "italic", words: "Italic", icon: "italic", run: (e) => inWords(e).toggleItalic().run() },
  { name: "bulletList", words: "List", icon: "list", run: (e) => inWords(e).toggleBulletList().run() },
  {
    name: "orderedList",
    words: "Numbered list",
    icon: "numbers",
    run: (e) => inWords(e).toggleOrderedList().run(),
  },
  {
    name: "blockquote",
    words: "Quotation",
    icon: "quote",
    run: (e) => inWords(e).toggleBlockquote().run(),
  },
];

/** Bold, lists and links: a button each, pressed when the words under the cursor have it. */
export function Marks({ editor, children }: { editor: Editor; children: ReactNode }) {
  const active = useSyncExternalStore(
    (onChange) => {
      editor.on("transaction", onChange);
      return () => {
        editor.off("transaction", onChange);
      };
    },
    () =>
      [...MARKS, { name: "link" }]
        .filter(({ name }) => editor.isActive(name))
        .map(({ name }) => name)
        .join(" "),
  ).split(" ");
  return (
    <Toolbar className="marks" aria-label="Marks of the words">
      {MARKS.map(({ name, words, icon, run }) => (
        <ToggleButton
          key={name}
          className="btn sm quiet ico"
          aria-label={words}
          isSelected={active.includes(name)}
          onChange={() => run(editor)}
        >
          <Icon name={icon} />
        </ToggleButton>
      ))}
      <LinkTo editor={editor} isOn={active.includes("link")} />
      {children}
    </Toolbar>
  );
}
