import { useRef, useState } from "react";
import { Button } from "react-aria-components";
import { entryKey } from "../api/story";
import type { Conversation, CustomerView } from "../api/types";
import { now } from "../live/clock";
import { Icon } from "../parts/Icon";
import { Marking } from "../parts/Marked";
import { Refused } from "../parts/Notice";
import { day } from "../words/time";
import { Edge } from "./Edge";
import { Entry } from "./Entry";
import { earlier } from "./earlier";
import { Find } from "./Find";
import { Opened } from "./opened";
import { useFind } from "./useFind";
import { useJump } from "./useJump";
import { useList } from "./useList";
import { useReading } from "./useReading";
import { useScroll } from "./useScroll";

type Props = { view: CustomerView; openId: string | null; open: Conversation | undefined };

/** The story, oldest first, begun at its newest or at the open conversation; only what is seen is drawn. */
export function Timeline({ view, openId, open }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [opened] = useState(() => new Map<string, boolean>());
  const reading = useReading(view);
  const { list, onFocus, onBlur } = useList(box, reading);
  const { hasNewBelow, isFar } = useScroll(box, list, reading, view.story.entries.at(-1));
  const jump = useJump(list, reading, view, openId, open);
  const find = useFind(view.customer.id, jump.go);
  const { entries } = reading;
  const topmost = entries[list.range?.startIndex ?? 0];
  const toNewest = () => {
    reading.newest();
    requestAnimationFrame(() => list.scrollToEnd());
  };
  return (
    <div className="tlwrap">
      {find.isOpen && <Find find={find} onLeave={() => box.current?.focus({ preventScroll: true })} />}
      {reading.error && <Refused what="More of the story could not be read." error={reading.error} />}
      <div
        className="tl"
        ref={box}
        role="feed"
        aria-label={`Story of ${view.customer.name}`}
        aria-busy={reading.isBusy}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
        data-pane-focus
        onFocus={onFocus}
        onBlur={onBlur}
      >
        <Marking value={find.by}>
          <Opened value={opened}>
            <div className="tltall" style={{ height: list.getTotalSize() }}>
              {reading.hasEarlier && (
                <Edge where="first" since={view.customer.created_at} onPress={reading.earlier}>
                  Earlier{reading.hasLater ? "" : earlier(view)}
                </Edge>
              )}
              {list.getVirtualItems().map(({ index, start, key }) => {
                const entry = entries[index];
                if (!entry) return null;
                const its = day(entry.happened_at, now());
                const before = entries[index - 1];
                const isNewDay = !before || day(before.happened_at, now()) !== its;
                const isBright = openId !== null && entry.conversation_id === openId;
                return (
                  <div
                    key={key}
                    className={entry.id === find.hereId ? "tlplace here" : "tlplace"}
                    ref={list.measureElement}
                    data-index={index}
                    data-key={entryKey(entry)}
                    style={{ transform: `translateY(${start}px)` }}
                  >
                    <Entry
                      entry={entry}
                      day={isNewDay ? its : ""}
                      isBright={isBright}
                      view={view}
                      open={isBright ? open : undefined}
                    />
                  </div>
                );
              })}
              {reading.hasLater && (
                <Edge where="last" onPress={reading.later}>
                  Later
                </Edge>
              )}
            </div>
          </Opened>
        </Marking>
      </div>
      {topmost && (
        <span className="tlday xs" aria-hidden="true">
          {day(topmost.happened_at, now())}
        </span>
      )}
      {isFar && (
        <Button className="btn sm newbelow" onPress={toNewest}>
          <Icon name="down" /> {hasNewBelow ? "New below" : "Newest"}
        </Button>
      )}
    </div>
  );
}
