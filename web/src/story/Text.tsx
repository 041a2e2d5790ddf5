import { useState } from "react";
import { Button } from "react-aria-components";
import type { StoryEntry } from "../api/types";
import { Rest, useWords } from "./Rest";

/** What was newly written; signature and quoted text are folded, never lost. */
export function Text({ entry, lang }: { entry: StoryEntry; lang?: string | undefined }) {
  const [isOpen, setOpen] = useState<boolean>();
  const { text, isWhole, rest } = useWords(entry);
  const said = entry.said?.trim() ?? "";
  const all = said === "" || (isOpen ?? isWhole);
  const words = all ? text.trim() : said;
  return (
    <>
      {words && (
        <p className="said" dir="auto" lang={lang}>
          {words}
        </p>
      )}
      {!words && <p className="xs m">No words, see what is attached.</p>}
      {said && (
        <Button className="aslink xs" aria-expanded={all} onPress={() => setOpen(!all)}>
          {all ? "Fold signature and quoted text" : "Signature and quoted text"}
        </Button>
      )}
      {all && rest && <Rest {...rest} />}
    </>
  );
}
