import { Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { Plugin } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";

/** What ready words did not know, as the server writes it. */
const UNKNOWN = /\[[a-z_]+(?:\.[a-z_]+)?\?\]/g;

function marked(doc: Node): DecorationSet {
  const found: Decoration[] = [];
  doc.descendants((node, at) => {
    for (const { index, 0: text } of (node.text ?? "").matchAll(UNKNOWN))
      found.push(Decoration.inline(at + index, at + index + text.length, { class: "unknown" }));
  });
  return DecorationSet.create(doc, found);
}

/** Marks what is still to be filled in by hand; the mark is on the screen alone. */
export const Unknown = Extension.create({
  name: "unknown",
  addProseMirrorPlugins: () => [new Plugin({ props: { decorations: ({ doc }) => marked(doc) } })],
});
