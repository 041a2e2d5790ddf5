import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { placeQuery, storyPart } from "../api/queries";
import { isJoined, joined, withEarlier, withLater } from "../api/story";
import type { CustomerView, StoryEntry, StoryPage } from "../api/types";

/** The part of the story that is being read, and the ways on from it. */
export type Reading = {
  entries: StoryEntry[];
  hasEarlier: boolean;
  hasLater: boolean;
  isBusy: boolean;
  error: Error | null;
  earlier: () => void;
  later: () => void;
  around: (place: string) => void;
  newest: () => void;
};

/** Read on from the newest or from a place in the midst; a part that reaches the newest is one with it. */
export function useReading(view: CustomerView): Reading {
  const client = useQueryClient();
  const { id } = view.customer;
  const key = ["customer", id];
  const midst = placeQuery(id).queryKey;
  const part = useQuery(placeQuery(id)).data ?? null;
  const shown = part ?? view.story;

  const setNewest = (change: (story: StoryPage) => StoryPage) =>
    client.setQueryData<CustomerView>(key, (known) => known && { ...known, story: change(known.story) });
  const setPart = (page: StoryPage) => {
    const known = client.getQueryData<CustomerView>(key)?.story;
    const isOne = known !== undefined && isJoined(page, known);
    if (isOne) setNewest((story) => joined(page, story));
    client.setQueryData(midst, isOne ? null : page);
  };
  const earlier = useMutation({
    mutationFn: (before: string) => storyPart(id, "before", before),
    onSuccess: (page, before) => {
      const read = client.getQueryData(midst);
      if (read?.before === before) client.setQueryData(midst, withEarlier(read, page));
      if (!read) setNewest((story) => (story.before === before ? withEarlier(story, page) : story));
    },
  });
  const later = useMutation({
    mutationFn: (after: string) => storyPart(id, "after", after),
    onSuccess: (page, after) => {
      const read = client.getQueryData(midst);
      if (read?.after === after) setPart(withLater(read, page));
    },
  });
  const around = useMutation({
    mutationFn: (place: string) => storyPart(id, "around", place),
    onSuccess: setPart,
  });
  const ways = [earlier, later, around];
  const isBusy = ways.some(({ isPending }) => isPending);
  return {
    entries: shown.entries,
    hasEarlier: shown.before !== null,
    hasLater: Boolean(part?.after),
    isBusy,
    error: ways.find(({ error }) => error)?.error ?? null,
    earlier: () => {
      if (shown.before && !isBusy) earlier.mutate(shown.before);
    },
    later: () => {
      if (part?.after && !isBusy) later.mutate(part.after);
    },
    around: around.mutate,
    newest: () => client.setQueryData(midst, null),
  };
}
