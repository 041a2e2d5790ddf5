import { useEffect, useState } from "react";

export type RichEditor = typeof import("./rich/Rich").default;

/** Milliseconds after which it is fetched again when the line was gone. */
const AGAIN = 3000;
let there: RichEditor | undefined;

/** The editor of rich words, fetched when it is first needed; undefined while it is on its way. */
export function useRich(): RichEditor | undefined {
  const [editor, setEditor] = useState(() => there);
  useEffect(() => {
    let timer = 0;
    let isWanted = true;
    const take = (found: RichEditor) => {
      there = found;
      if (isWanted) setEditor(() => found);
    };
    const fetch = () => {
      import("./rich/Rich").then(
        (found) => take(found.default),
        () => {
          if (isWanted) timer = window.setTimeout(fetch, AGAIN);
        },
      );
    };
    if (!there) fetch();
    return () => {
      isWanted = false;
      window.clearTimeout(timer);
    };
  }, []);
  return editor;
}
