import { useState } from "react";
import { Button } from "react-aria-components";
import type { StoryEntry } from "../api/types";
import { count } from "../words/time";
import { fold } from "./fold";
import { Rest, useWords } from "./Rest";

/** The words as they came; signature and quoted text are folded, never lost. */
export function Text({ entry, lang }: { entry: StoryEntry; lang?: string | undefined }) {
  const [isOpen, setOpen] = useState<boolean>();
  const { text, isWhole, rest } = useWords(entry);
  const folded = fold(text);
  const all = isOpen ?? isWhole;
  return (
    <>
      {folded.said && (
        <p className="said" dir="auto" lang={lang}>
          {all ? text.trim() : folded.said}
        </p>
      )}
      {!text.trim() && <p className="xs m">No words, see what is attached.</p>}
      {folded.rest > 0 && (
        <Button className="aslink xs" aria-expanded={all} onPress={() => setOpen(!all)}>
          {all
            ? "Fold signature and quoted text"
            : `Signature and quoted text, ${count(folded.rest, "line")}${rest ? " or more" : ""}`}
        </Button>
      )}
      {rest && <Rest {...rest} />}
    </>
  );
}
