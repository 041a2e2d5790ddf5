import { useNavigate } from "@tanstack/react-router";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import type { QueuePage, View } from "../api/types";
import type { DeskSearch } from "../router";

const VIEWS = [
  { id: "mine", words: "Mine" },
  { id: "team", words: "Team" },
  { id: "all", words: "All" },
] as const;

/** Whose queue: mine, the team's, all. */
export function Views({
  view,
  counts,
}: {
  view: View;
  counts: NonNullable<QueuePage["counts"]> | undefined;
}) {
  const navigate = useNavigate();
  const choose = (to: View) =>
    void navigate({ to: ".", search: (was: DeskSearch) => ({ ...was, view: to }), replace: true });
  return (
    <ToggleButtonGroup
      className="seg end"
      aria-label="Whose queue"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[view]}
      onSelectionChange={(keys) => {
        const [to] = [...keys];
        if (to) choose(String(to) as View);
      }}
    >
      {VIEWS.map(({ id, words }) => (
        <ToggleButton key={id} id={id}>
          {words} {id === "team" ? (counts?.team ?? "\u2007") : ""}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
