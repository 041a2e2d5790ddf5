/** What is still to be filled in: as the server writes what ready words did not know, or as somebody typed it. */
const OPEN = /\[([a-z_]+\.[a-z_]+)\?\]|\{\{\s*([a-z_]+\.[a-z_]+|today)\s*\}\}/g;

/** Where in plain words a variable is still to be filled in. */
export type Gap = { from: number; to: number; name: string };

export const gapsIn = (text: string): Gap[] =>
  [...text.matchAll(OPEN)].map(({ index, 0: { length }, 1: mark, 2: typed }) => ({
    from: index,
    to: index + length,
    name: mark ?? typed ?? "",
  }));

/** Plain words without these, each with the space before it. */
export const withoutGaps = (text: string, names: string[]): string =>
  gapsIn(text)
    .filter(({ name }) => names.includes(name))
    .reduceRight((rest, { from, to }) => rest.slice(0, from).replace(/ $/, "") + rest.slice(to), text);
