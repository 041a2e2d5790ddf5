import type { UndeliveredPage } from "../api/types";
import { now } from "../live/clock";
import { Glyph } from "../parts/Glyph";
import { ago, whole } from "../words/time";
import { Again } from "./Again";

export type Waiting = UndeliveredPage["rows"][number];

function From({ row: { channel, sender, subject } }: { row: Waiting }) {
  return (
    <div className="held">
      <div className="row">
        <Glyph channel={channel} />
        <b>
          <bdi dir="auto">{sender ? sender.name || sender.value : "Sender not known"}</bdi>
        </b>
        {sender?.name && (
          <span className="m">
            <bdi>{sender.value}</bdi>
          </span>
        )}
      </div>
      <div dir="auto">{subject || "Without a subject"}</div>
    </div>
  );
}

/** Signals that wait: whom from, what about, where it was to go, and why it did not. */
export function Failed({ rows }: { rows: Waiting[] }) {
  return (
    <ul className="heldlist">
      {rows.map((row) => (
        <li key={row.id}>
          <From row={row} />
          <div className="why">
            <p className="reason">{row.error}</p>
            <p className="m">
              {row.inbox_name || "No inbox"} ·{" "}
              <span title={whole(row.received_at)}>came {ago(row.received_at, now())}</span> ·{" "}
              <span title={whole(row.failed_at)}>failed {ago(row.failed_at, now())}</span>, tried {row.tries}{" "}
              {row.tries === 1 ? "time" : "times"}
            </p>
          </div>
          <Again row={row} />
        </li>
      ))}
    </ul>
  );
}
