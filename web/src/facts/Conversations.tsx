import { Link } from "@tanstack/react-router";
import type { CustomerView } from "../api/types";
import { now } from "../live/clock";
import { Glyph } from "../parts/Glyph";
import type { DeskSearch } from "../router";
import { ago } from "../words/time";

/** What they wrote about before. */
export function Conversations({ view: { conversations } }: { view: CustomerView }) {
  if (conversations.length === 0) return null;
  return (
    <section className="fx">
      <h3>Conversations</h3>
      {conversations.map(({ id, matter, channel, state, last_at }) => (
        <Link
          key={id}
          className="convline"
          to="/conversations/$conversationId"
          params={{ conversationId: id }}
          search={(was: DeskSearch) => ({ ...was, pane: "story" as const })}
        >
          <Glyph channel={channel} />
          <span className="cut" dir="auto">
            {matter}
          </span>
          <span className="m xs nw">
            {state} · {ago(last_at, now())}
          </span>
        </Link>
      ))}
    </section>
  );
}
