import { Editor } from "@tiptap/core";
import Image from "@tiptap/extension-image";
import { Placeholder } from "@tiptap/extensions";
import { Selection } from "@tiptap/pm/state";
import StarterKit from "@tiptap/starter-kit";
import { Unknown } from "./unknown";

export type Wishes = {
  html: string;
  hint: string;
  label: string;
  onChange: (html: string) => void;
  /** Files pasted or dropped. Pictures among words come with `inline`. */
  onFiles: (files: File[], inline: boolean) => void;
  onEscape: () => void;
  /** A stroke where nothing is written yet; without it, it is written. */
  onSlash?: (() => void) | undefined;
};

/** The size of a document of one paragraph without words. */
const EMPTY = 2;
const filesOf = (from: DataTransfer | null) => [...(from?.files ?? [])];
const isPicture = (file: File) => file.type.startsWith("image/");

/** What can be written in a reply: what a mail can show everywhere, and no more. */
const extensions = (hint: string) => [
  StarterKit.configure({
    heading: { levels: [2, 3] },
    horizontalRule: false,
    codeBlock: false,
    link: { openOnClick: false, autolink: true, defaultProtocol: "https" },
  }),
  Unknown,
  Image.configure({ inline: true }),
  Placeholder.configure({ placeholder: hint }),
];

/** The cursor is in the words at once, so that the next key is written and no verb of the desk. */
export function inWords(editor: Editor) {
  editor.view.focus();
  return editor.chain();
}

/** Let these words stand there; who goes on writes at their end, where a space is kept that HTML drops. */
export function fill(editor: Editor, html: string): void {
  const { view } = editor;
  editor.chain().setMeta("addToHistory", false).setContent(html, { emitUpdate: false }).run();
  const tr = view.state.tr.setMeta("preventUpdate", true).setMeta("addToHistory", false);
  if (html.endsWith(" </p>")) tr.insertText(" ", tr.doc.content.size - 1);
  view.dispatch(tr.setSelection(Selection.atEnd(tr.doc)));
}

/** An editor in an element. It ends with `destroy`. */
export function makeEditor(element: HTMLElement, wishes: Wishes): Editor {
  const take = (files: File[]): boolean => {
    if (files.length === 0) return false;
    wishes.onFiles(files, files.every(isPicture));
    return true;
  };
  const editor = new Editor({
    element,
    injectCSS: false,
    extensions: extensions(wishes.hint),
    editorProps: {
      attributes: {
        "aria-label": wishes.label,
        "aria-multiline": "true",
        role: "textbox",
        dir: "auto",
        class: "write rich",
        "data-pane-focus": "",
      },
      // ⌘↵ sends; left to the editor it would break the line.
      handleDOMEvents: { keydown: (_, event) => event.key === "Enter" && (event.metaKey || event.ctrlKey) },
      handleKeyDown: (view, event) => {
        if (event.key === "Escape") wishes.onEscape();
        const isFirst = event.key === "/" && view.state.doc.content.size <= EMPTY;
        if (!isFirst || !wishes.onSlash) return false;
        wishes.onSlash();
        return true;
      },
      handlePaste: (_, event) =>
        !event.clipboardData?.getData("text/html") && take(filesOf(event.clipboardData)),
      handleDrop: (_, event) => take(filesOf(event.dataTransfer)),
    },
    onUpdate: () => wishes.onChange(editor.isEmpty ? "" : editor.getHTML()),
  });
  fill(editor, wishes.html);
  return editor;
}
