import { Button } from "react-aria-components";
import { mayWrite, useMe } from "../shell/useMe";
import { askFor } from "./asked";
import type { EntryProps } from "./Entry";

/**
 * Why it stands in this story where its address alone did not say so; or that nobody can tell whose it is,
 * until an agent has said so by a merge.
 */
export function Because({ entry: { because }, view: { customer } }: EntryProps) {
  const may = mayWrite(useMe());
  if (!because) return null;
  const reasons = because.reasons.join(", ");
  if (!because.is_question || customer.ids.length > 1)
    return (
      <p className="xs m" dir="auto">
        Linked: {reasons}
      </p>
    );
  return (
    <p className="xs whose" dir="auto">
      <b>Whose is it?</b> {reasons}.{" "}
      {may && (
        <Button className="aslink" onPress={() => askFor("merge")}>
          Say who it is
        </Button>
      )}
    </p>
  );
}
