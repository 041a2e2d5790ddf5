import { type RefObject, useEffect } from "react";
import { Button } from "react-aria-components";
import { Problem } from "../api/client";
import { Notice } from "../parts/Notice";
import type { Field } from "./rich/Rich";

/** The variables for which a reply was stopped, when that is why it was refused. */
export const unfilledIn = (error: Error | null): string[] | undefined =>
  error instanceof Problem && Array.isArray(error.body.unknown)
    ? (error.body.unknown as string[])
    : undefined;

type Props = { error: Error; names: string[]; field: RefObject<Field | null> };

/** Something is still to be filled in: the first is chosen, to be written over or taken out. */
export function Unfilled({ error, names, field }: Props) {
  useEffect(() => field.current?.choose(names), [field, names]);
  return (
    <Notice title="Not sent. Something is not filled in.">
      {error.message}{" "}
      <Button className="aslink xs" onPress={() => field.current?.drop(names)}>
        {names.length > 1 ? "Take them out" : "Take it out"}
      </Button>
    </Notice>
  );
}
