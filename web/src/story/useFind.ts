import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { findQuery } from "../api/queries";
import { useVerbs } from "../keys/verbs";
import { marking } from "../parts/Marked";
import { useSettled } from "../parts/useSettled";

/** Words in this story: where they stand, and which of these places is before one. */
export function useFind(customerId: string, go: (id: string, place: string) => void) {
  const [isOpen, setOpen] = useState(false);
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const settled = useSettled(isOpen ? words : "");
  const query = useInfiniteQuery(findQuery(customerId, settled));
  const found = query.data?.pages.flatMap(({ entries }) => entries) ?? [];
  const by = useMemo(() => (settled ? marking(settled) : null), [settled]);
  const stand = (to: number) => {
    const entry = found[to];
    if (!entry) return;
    setAt(to);
    go(entry.id, entry.place);
    if (to > found.length - 5 && query.hasNextPage && !query.isFetching) void query.fetchNextPage();
  };
  const isKnown = query.isSuccess && settled === words.trim();
  // biome-ignore lint/correctness/useExhaustiveDependencies: new words lead to their newest place, once
  useEffect(() => {
    if (isOpen && query.isSuccess) stand(0);
  }, [settled, query.isSuccess]);
  useVerbs([
    {
      id: "find-in-story",
      words: "Find in this story",
      group: "Story",
      icon: "search",
      key: "/",
      within: "story",
      run: () => setOpen(true),
    },
  ]);
  return {
    isOpen,
    words,
    setWords,
    close: () => setOpen(false),
    by,
    hereId: isOpen ? (found[at]?.id ?? null) : null,
    place: isKnown && found.length > 0 ? at + 1 : 0,
    of: found.length,
    hasMore: query.hasNextPage,
    isKnown,
    error: query.error,
    earlier: () => stand(at + 1),
    later: () => stand(at - 1),
  };
}

export type Finding = ReturnType<typeof useFind>;
