import { useState } from "react";
import { Button } from "react-aria-components";
import { count } from "../words/time";
import { fold } from "./fold";

/** The words as they came; signature and quoted text are folded, never lost. */
export function Text({ text, lang }: { text: string; lang?: string | undefined }) {
  const [isWhole, setWhole] = useState(false);
  const { said, rest } = fold(text);
  return (
    <>
      {said && (
        <p className="said" dir="auto" lang={lang}>
          {isWhole ? text.trim() : said}
        </p>
      )}
      {!text.trim() && <p className="xs m">No words, see what is attached.</p>}
      {rest > 0 && (
        <Button className="aslink xs" aria-expanded={isWhole} onPress={() => setWhole(!isWhole)}>
          {isWhole ? "Fold signature and quoted text" : `Signature and quoted text, ${count(rest, "line")}`}
        </Button>
      )}
    </>
  );
}
