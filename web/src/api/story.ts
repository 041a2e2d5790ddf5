import type { CustomerView, StoryEntry, StoryPage } from "./types";

/** One name for an entry, over all kinds. */
export const entryKey = (entry: StoryEntry) => `${entry.kind}:${entry.id}`;

/** Where an entry stands in time: the order of the story, and the cursor of the server. */
export const placeOf = ({ happened_at, id }: StoryEntry) => `${happened_at}_${id}`;

/** The newest page laid over what was read before: changed entries replaced, earlier ones kept. */
export function mergeStory(known: StoryPage | undefined, newest: StoryPage): StoryPage {
  const first = newest.entries[0];
  if (!known || !first || newest.before === null) return newest;
  const fresh = new Set(newest.entries.map(entryKey));
  if (!known.entries.some((entry) => fresh.has(entryKey(entry)))) return newest;
  const earlier = known.entries.filter(
    (entry) => placeOf(entry) < placeOf(first) && !fresh.has(entryKey(entry)),
  );
  if (earlier.length === 0) return newest;
  return { entries: [...earlier, ...newest.entries], before: known.before };
}

/** An earlier page put before what was read. */
export const withEarlier = (story: StoryPage, page: StoryPage): StoryPage => ({
  ...story,
  entries: [...page.entries, ...story.entries],
  before: page.before,
});

/** A later page put behind what was read. */
export const withLater = (story: StoryPage, page: StoryPage): StoryPage => ({
  ...story,
  entries: [...story.entries, ...page.entries],
  after: page.after ?? null,
});

/** Whether a part from the midst has reached the end of the story that is known. */
export function isJoined(part: StoryPage, story: StoryPage): boolean {
  if (!part.after) return true;
  const known = new Set(story.entries.map(entryKey));
  return part.entries.some((entry) => known.has(entryKey(entry)));
}

/** Both as one, each entry once, as the second says it. */
export function joined(part: StoryPage, story: StoryPage): StoryPage {
  const all = new Map([...part.entries, ...story.entries].map((entry) => [entryKey(entry), entry]));
  const entries = [...all.values()].sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  const isEarlier = part.entries[0] !== undefined && all.get(entryKey(part.entries[0])) === entries[0];
  return { entries, before: isEarlier ? part.before : story.before };
}

/** An entry put at the end before the server has confirmed it. */
export const withEntry = (view: CustomerView, entry: StoryEntry): CustomerView => ({
  ...view,
  story: { ...view.story, entries: [...view.story.entries, entry] },
});
