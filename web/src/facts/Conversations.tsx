import { Link } from "@tanstack/react-router";
import type { CustomerView } from "../api/types";
import { now } from "../live/clock";
import { Glyph } from "../parts/Glyph";
import type { DeskSearch } from "../router";
import { ago } from "../words/time";

type Props = { view: CustomerView; openId: string | null };

/** The server tells so many. */
const MOST = 20;

/** What they wrote about, the newest first; the one that is open is marked. */
export function Conversations({ view: { conversations }, openId }: Props) {
  if (conversations.length === 0) return null;
  return (
    <section className="fx">
      <h3>
        Conversations
        {conversations.length === MOST && <span className="end">newest {MOST}</span>}
      </h3>
      {conversations.map(({ id, matter, channel, state, last_at }) => (
        <Link
          key={id}
          className="convline"
          aria-current={id === openId || undefined}
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
