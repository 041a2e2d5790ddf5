import { Button } from "react-aria-components";
import type { Newer as NewerEntry } from "../api/types";
import { Notice } from "../parts/Notice";
import { clock } from "../words/time";

/** Somebody was quicker: what came or left since these words were begun. */
export function Newer({ newer, onAnyway }: { newer: NewerEntry; onAnyway: () => void }) {
  const did = newer.kind === "reply" ? "answered" : "wrote";
  return (
    <Notice tone="soon" title={`Not sent: ${newer.who} ${did} meanwhile.`}>
      <span dir="auto">
        {clock(newer.at)}: “{newer.text}”
      </span>{" "}
      <Button className="aslink xs" onPress={onAnyway}>
        Send it all the same
      </Button>
    </Notice>
  );
}
