import { Button } from "react-aria-components";
import { focusPane } from "../keys/panes";

const PLACES = [
  ["queue", "Skip to the queue"],
  ["story", "Skip to the story"],
  ["composer", "Skip to the reply"],
  ["facts", "Skip to the facts"],
] as const;

/** Seen when focused: straight to a pane. */
export function SkipLinks() {
  return (
    <div className="skip">
      {PLACES.map(([pane, words]) => (
        <Button className="btn" key={pane} onPress={() => focusPane(pane)}>
          {words}
        </Button>
      ))}
    </div>
  );
}
