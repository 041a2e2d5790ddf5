import { useNavigate } from "@tanstack/react-router";
import { Input, SearchField, ToggleButton, ToggleButtonGroup } from "react-aria-components";
import type { State } from "../api/types";
import type { DeskSearch } from "../router";

const STATES = [
  { id: "open", words: "Open" },
  { id: "waiting", words: "Waiting" },
  { id: "resolved", words: "Resolved" },
] as const;

type Props = { words: string; state: State; onWords: (words: string) => void; onLeave: () => void };

/** Fewer rows: by a name or a word of the matter, and by state. Escape brings all back. */
export function Filter({ words, state, onWords, onLeave }: Props) {
  const navigate = useNavigate();
  const choose = (to: State) =>
    void navigate({ to: ".", search: (was: DeskSearch) => ({ ...was, state: to }), replace: true });
  return (
    <div className="qfilter">
      <SearchField
        aria-label="Filter by name or matter"
        value={words}
        onChange={onWords}
        autoFocus
        onKeyDown={(event) => {
          if (event.key === "Escape") onLeave();
        }}
      >
        <Input className="input" placeholder="Name or matter" />
      </SearchField>
      <ToggleButtonGroup
        className="seg"
        aria-label="State"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[state]}
        onSelectionChange={(keys) => {
          const [to] = [...keys];
          if (to) choose(String(to) as State);
        }}
      >
        {STATES.map(({ id, words: said }) => (
          <ToggleButton key={id} id={id}>
            {said}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}
