import { useQuery } from "@tanstack/react-query";
import { Button } from "react-aria-components";
import { signatureQuery } from "../api/queries";
import type { Act } from "../api/types";
import { Icon } from "../parts/Icon";
import { type Draft, keepDraft } from "./drafts";

const WORDS: Partial<Record<Act, string>> = {
  resolve: "then resolved",
  wait: "then waiting",
  take: "then yours",
};

type Props = { id: string; draftKey: string; words: Draft };

/** Quietly under the words: the signature they leave with, and what is done when they have left. */
export function Closing({ id, draftKey, words }: Props) {
  const html = useQuery(signatureQuery(id)).data?.html;
  const acts = words.acts ?? [];
  const isSigned = words.sign ?? true;
  if (!html && acts.length === 0) return null;
  return (
    <div className="closing xs m">
      {html && isSigned && (
        <details>
          <summary>with your signature</summary>
          {/* biome-ignore lint/security/noDangerouslySetInnerHtml: the server made it harmless as it does what we send. */}
          <div className="signature" dir="auto" inert dangerouslySetInnerHTML={{ __html: html }} />
        </details>
      )}
      {html && (
        <Button
          className="btn sm quiet"
          onPress={() => keepDraft(draftKey, { sign: isSigned ? false : undefined })}
        >
          {isSigned ? "Leave it out" : "Sign it"}
        </Button>
      )}
      {acts.map((act) => (
        <Button
          className="btn sm on"
          key={act}
          aria-label={`Not ${WORDS[act]}`}
          onPress={() => keepDraft(draftKey, { acts: acts.filter((each) => each !== act) })}
        >
          {WORDS[act]} <Icon name="x" />
        </Button>
      ))}
    </div>
  );
}
