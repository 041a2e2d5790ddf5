import { useNavigate } from "@tanstack/react-router";
import { Button } from "react-aria-components";
import type { QueuePage, State, View } from "../api/types";
import type { DeskSearch } from "../router";
import { count } from "../words/time";

type Props = {
  view: View;
  state: State;
  counts: NonNullable<QueuePage["counts"]> | undefined;
  isFiltered: boolean;
};

function words({ view, state, isFiltered }: Props): string {
  if (isFiltered) return "No row here has these words";
  if (state === "waiting") return "Nothing waits for a customer";
  if (state === "resolved") return "Nothing is resolved yet";
  return view === "mine" ? "Nobody waits for you" : "Nobody waits";
}

/** Nothing here: what is so, and where there is more. */
export function Empty(props: Props) {
  const navigate = useNavigate();
  const team = props.view === "mine" && props.state === "open" ? (props.counts?.team ?? 0) : 0;
  return (
    <div className="empty">
      <b>{words(props)}</b>
      {team > 0 && (
        <>
          <p className="q">The team queue has {count(team, "conversation")}.</p>
          <Button
            className="btn sm"
            onPress={() =>
              void navigate({ to: ".", search: (was: DeskSearch) => ({ ...was, view: "team" as const }) })
            }
          >
            Show the team queue
          </Button>
        </>
      )}
    </div>
  );
}
