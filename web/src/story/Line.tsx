import type { StoryEntry } from "../api/types";
import { now } from "../live/clock";
import { Icon } from "../parts/Icon";
import { lineOf } from "./lineOf";
import { When } from "./When";

/** What a thing did: one line. */
export function Line({ entry, day }: { entry: StoryEntry; day: string }) {
  const { icon, before, bold, after, end, tone } = lineOf(entry, now());
  return (
    <article className={`ev c ${tone}`}>
      <When at={entry.happened_at} day={day} isLine />
      <span className="node">
        <Icon name={icon} />
      </span>
      <div className="body">
        <span>
          {before} {bold && <b dir="auto">{bold}</b>}
          {after}
        </span>
        <span className="end">{end}</span>
      </div>
    </article>
  );
}
