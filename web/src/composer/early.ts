import { type Draft, keepDraft } from "./drafts";
import { paragraphs } from "./plain";

/** The draft with what was typed before it was known how one writes here, behind the rest of it. */
export function settled(draft: Draft, isRich: boolean): Draft {
  const { early, mode } = draft;
  if (!early || mode === "note") return draft;
  return { ...draft, early: undefined, [mode]: draft[mode] + (isRich ? paragraphs(early) : early) };
}

/** Keep it so. */
export function settle(key: string, draft: Draft, isRich: boolean): void {
  const whole = settled(draft, isRich);
  if (whole !== draft) keepDraft(key, whole);
}
