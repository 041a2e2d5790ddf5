import type { KeyboardEvent } from "react";
import { Button, Input, SearchField } from "react-aria-components";
import { Icon } from "../parts/Icon";
import type { Finding } from "./useFind";

function count({ words, isKnown, place, of, hasMore, error }: Finding): string {
  if (error) return error.message;
  if (!words.trim() || !isKnown) return "";
  return of === 0 ? "Not in this story" : `${place} of ${of}${hasMore ? " and more" : ""}`;
}

/** Words in this story, newest place first: ↵ goes back in time, ⇧↵ forward, Escape leaves. */
export function Find({ find, onLeave }: { find: Finding; onLeave: () => void }) {
  const leave = () => {
    find.close();
    onLeave();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") leave();
    if (event.key !== "Enter") return;
    if (event.shiftKey) find.later();
    else find.earlier();
  };
  return (
    <search className="find-in" aria-label="Find in this story">
      <SearchField
        aria-label="Words in this story"
        autoFocus
        value={find.words}
        onChange={find.setWords}
        onKeyDown={onKeyDown}
      >
        <Input className="input" placeholder="Words in this story" />
      </SearchField>
      <span className="m xs nw" role="status">
        {count(find)}
      </span>
      <Button className="btn quiet sm" isDisabled={find.place >= find.of} onPress={find.earlier}>
        <Icon name="up" /> Earlier
      </Button>
      <Button className="btn quiet sm" isDisabled={find.place <= 1} onPress={find.later}>
        <Icon name="down" /> Later
      </Button>
      <Button className="btn quiet sm" onPress={leave}>
        <Icon name="x" label="Close" />
      </Button>
    </search>
  );
}
