import { type Editor, Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { Plugin } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import { type Gap, gapsIn } from "../open";

/** `isLink`: it is in where the words lead. */
type Place = Gap & { isLink?: boolean };

function places(doc: Node): Place[] {
  const found: Place[] = [];
  doc.descendants((node, at) => {
    for (const { from, to, name } of gapsIn(node.text ?? ""))
      found.push({ from: at + from, to: at + to, name });
    const leads = node.marks.find(({ type }) => type.name === "link")?.attrs.href as string | undefined;
    for (const { name } of gapsIn(leads ?? ""))
      found.push({ from: at, to: at + node.nodeSize, name, isLink: true });
  });
  return found;
}

const marked = (doc: Node) =>
  DecorationSet.create(
    doc,
    places(doc).map(({ from, to }) => Decoration.inline(from, to, { class: "unknown" })),
  );

/** Choose the first of these that is still to be filled in: what is typed next stands in its place. */
export function chooseGap(editor: Editor, names: string[]): void {
  const first = places(editor.state.doc).find(({ name }) => names.includes(name));
  if (first) editor.chain().setTextSelection(first).scrollIntoView().run();
}

/** Take these out, each with the space before it; a link that leads there becomes plain words. */
export function dropGaps(editor: Editor, names: string[]): void {
  const { tr, schema } = editor.state;
  for (const { from, to, name, isLink } of places(tr.doc).reverse()) {
    if (!names.includes(name)) continue;
    const isAfterSpace = tr.doc.resolve(from).nodeBefore?.text?.endsWith(" ");
    if (isLink) tr.removeMark(from, to, schema.marks.link);
    else tr.delete(isAfterSpace ? from - 1 : from, to);
  }
  editor.view.dispatch(tr);
}

/** Marks what is still to be filled in by hand; the mark is on the screen alone. */
export const Unknown = Extension.create({
  name: "unknown",
  addProseMirrorPlugins: () => [new Plugin({ props: { decorations: ({ doc }) => marked(doc) } })],
});
