import type { Macro } from "../../api/types";

const plain = (words: string) => words.toLocaleLowerCase();

/** Those that have every word that is typed in their name, folder, queue or beginning. */
export function found(macros: Macro[], typed: string): Macro[] {
  const wanted = plain(typed).split(/\s+/).filter(Boolean);
  return macros.filter(({ name, folder, queue, beginning }) => {
    const all = plain([name, folder, queue, beginning].join(" "));
    return wanted.every((word) => all.includes(word));
  });
}

/** By folder, in the order they come. */
export function inFolders(macros: Macro[]): [string, Macro[]][] {
  const folders = new Map<string, Macro[]>();
  for (const macro of macros) folders.set(macro.folder, [...(folders.get(macro.folder) ?? []), macro]);
  return [...folders];
}
