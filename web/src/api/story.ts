import type { CustomerView, StoryEntry, StoryPage } from "./types";

/** One name for an entry, over all kinds. */
export const entryKey = (entry: StoryEntry) => `${entry.kind}:${entry.id}`;

/** The newest page laid over what was read before: changed entries replaced, earlier ones kept. */
export function mergeStory(known: StoryPage | undefined, newest: StoryPage): StoryPage {
  const first = newest.entries[0];
  if (!known || !first || newest.before === null) return newest;
  const fresh = new Set(newest.entries.map(entryKey));
  if (!known.entries.some((entry) => fresh.has(entryKey(entry)))) return newest;
  const earlier = known.entries.filter(
    (entry) => entry.happened_at < first.happened_at && !fresh.has(entryKey(entry)),
  );
  if (earlier.length === 0) return newest;
  return { entries: [...earlier, ...newest.entries], before: known.before };
}

/** An earlier page put before the story. */
export const withEarlier = (view: CustomerView, page: StoryPage): CustomerView => ({
  ...view,
  story: { entries: [...page.entries, ...view.story.entries], before: page.before },
});

/** An entry put at the end before the server has confirmed it. */
export const withEntry = (view: CustomerView, entry: StoryEntry): CustomerView => ({
  ...view,
  story: { ...view.story, entries: [...view.story.entries, entry] },
});
