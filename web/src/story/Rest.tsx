import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "react-aria-components";
import { textQuery } from "../api/queries";
import type { StoryEntry } from "../api/types";
import { Refused } from "../parts/Notice";

/** An entry's words: its beginning, and all of them once they were asked for. */
export function useWords(entry: StoryEntry) {
  const [isWanted, setWanted] = useState(false);
  const whole = useQuery({ ...textQuery(entry.id), enabled: isWanted });
  const ask = () => {
    if (isWanted) void whole.refetch();
    setWanted(true);
  };
  return {
    text: whole.data?.text ?? entry.text ?? "",
    isWhole: whole.data !== undefined,
    rest: entry.is_cut && !whole.data ? { ask, isPending: whole.isFetching, error: whole.error } : null,
  };
}

/** The way to what follows the beginning. */
export function Rest({ ask, isPending, error }: NonNullable<ReturnType<typeof useWords>["rest"]>) {
  return (
    <>
      {error && !isPending && <Refused what="The rest could not be read." error={error} />}
      <p className="xs m">
        {!error && "This is only the beginning. "}
        <Button className="aslink xs" isPending={isPending} onPress={ask}>
          {isPending ? "Reading the rest" : error ? "Try again" : "Show all"}
        </Button>
      </p>
    </>
  );
}
