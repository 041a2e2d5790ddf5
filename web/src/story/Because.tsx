import { Button } from "react-aria-components";
import { mayWrite, useMe } from "../shell/useMe";
import { askFor } from "./asked";
import type { EntryProps } from "./Entry";

type Asked = Pick<EntryProps, "entry" | "view">;

/** Whether nobody can tell whose it is; a merge answers that. */
export const isAsked = ({ entry: { because }, view: { customer } }: Asked) =>
  because?.is_question === true && customer.ids.length === 1;

/**
 * Why it stands in this story where its address alone did not say so; or that nobody can tell whose it is,
 * until an agent has said so by a merge.
 */
export function Because({ entry, view }: Asked) {
  const { because } = entry;
  const may = mayWrite(useMe());
  if (!because) return null;
  const reasons = because.reasons.join(", ");
  if (!isAsked({ entry, view }))
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
