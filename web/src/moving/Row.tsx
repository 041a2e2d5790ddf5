import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "react-aria-components";
import { remove } from "../api/client";
import type { Import } from "../api/types";
import { now } from "../live/clock";
import { Glyph } from "../parts/Glyph";
import { Refused } from "../parts/Notice";
import { ago, count, span, whole } from "../words/time";
import { isOver, pace } from "./pace";

const STATES = {
  waiting: "being read",
  running: "moving in",
  done: "done",
  cancelled: "cancelled",
  failed: "failed",
};

function Cancel({ row }: { row: Import }) {
  const client = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => remove(`/api/imports/${row.id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ["imports"] }),
  });
  return (
    <>
      {cancel.error && <Refused what="Not cancelled." error={cancel.error} />}
      <Button className="btn sm" isPending={cancel.isPending} onPress={() => cancel.mutate()}>
        Cancel
      </Button>
    </>
  );
}

function Progress({ row }: { row: Import }) {
  const { rate, left } = pace(row, now());
  return (
    <div className="moveprogress">
      <progress aria-label={`How far ${row.name} is`} value={row.place} max={row.total ?? 1} />
      <span className="m">
        {row.place.toLocaleString("en-GB")} of {row.total?.toLocaleString("en-GB") ?? "…"}
        {rate > 0 && ` · ${Math.round(rate)} a second · ${span(left)} left`}
      </span>
    </div>
  );
}

/** One import: how far it is, what became of it, and what was not taken. */
export function Row({ row }: { row: Import }) {
  const state = STATES[row.state as keyof typeof STATES] ?? row.state;
  return (
    <li className="moverow">
      <Glyph channel={row.channel} />
      <div className="movewords">
        <span className="row">
          <b className="movename">{row.name}</b>
          <span className={row.state === "failed" ? "tag broken" : "tag"}>{state}</span>
        </span>
        <span className="m" title={whole(row.created_at)}>
          into {row.inbox_name} · {ago(row.created_at, now())}
          {row.agent_name ? ` · ${row.agent_name}` : ""}
        </span>
        {!isOver(row) && <Progress row={row} />}
        {row.error && <p className="reason">{row.error}</p>}
        <span>
          {count(row.taken, "message")} taken · {row.known.toLocaleString("en-GB")} already here ·{" "}
          {row.refused > 0 ? (
            <a href={`/api/imports/${row.id}/report`} download>
              {row.refused.toLocaleString("en-GB")} not taken, and why
            </a>
          ) : (
            "none refused"
          )}
        </span>
      </div>
      {!isOver(row) && <Cancel row={row} />}
    </li>
  );
}
