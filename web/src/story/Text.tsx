import { useContext } from "react";
import { Button } from "react-aria-components";
import type { StoryEntry } from "../api/types";
import { isMarked, Marked, Marking } from "../parts/Marked";
import { useOpened } from "./opened";
import { Rest, useWords } from "./Rest";

/** So many letters of it the story holds. */
const LONGEST = 4000;

/** What was newly written; signature and quoted text are folded, never lost. */
export function Text({ entry, lang }: { entry: StoryEntry; lang?: string | undefined }) {
  const [isOpen, setOpen] = useOpened(`fold:${entry.id}`);
  const by = useContext(Marking);
  const { text, isWhole, rest } = useWords(entry);
  const said = entry.said?.trim() ?? "";
  const isFound = isMarked(text, by) && !isMarked(said, by);
  const all = said === "" || isFound || (isOpen ?? isWhole);
  const words = all ? text.trim() : said;
  return (
    <>
      {words && (
        <p className="said" dir="auto" lang={lang}>
          <Marked text={words} />
        </p>
      )}
      {!words && <p className="xs m">{entry.is_erased ? "Erased." : "No words, see what is attached."}</p>}
      {said && (
        <Button className="aslink xs" aria-expanded={all} onPress={() => setOpen(!all)}>
          {all ? "Fold signature and quoted text" : "Signature and quoted text"}
        </Button>
      )}
      {(all || said.length >= LONGEST) && rest && <Rest {...rest} />}
    </>
  );
}
