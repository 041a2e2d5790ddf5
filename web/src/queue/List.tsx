import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useRef } from "react";
import { Button } from "react-aria-components";
import type { QueueRow } from "../api/types";
import { now } from "../live/clock";
import { useSentinel } from "../parts/useSentinel";
import { useOpen, useOpenConversation, useReadAhead } from "../shell/useOpen";
import { useHeldOrder } from "./heldOrder";
import { layOut } from "./layOut";
import { Row } from "./Row";
import { useCursor } from "./useCursor";
import { useHand } from "./useHand";

type Props = { rows: QueueRow[]; name: string; onEnd: () => void };

/** The rows as one listbox: one tab stop, arrow keys or J and K; only what is seen is drawn. */
export function List({ rows, name, onEnd }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const hand = useHand(box);
  const { conversationId } = useOpen();
  const { placed, isBehind } = useHeldOrder(rows, hand.isHere, name, now());
  const items = layOut(placed);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: (at) => items[at]?.height ?? 0,
    getItemKey: (at) => items[at]?.key ?? at,
    overscan: 8,
  });
  const openConversation = useOpenConversation();
  const readAhead = useReadAhead();
  const open = useCallback(
    (row: QueueRow) => {
      readAhead.opening(row);
      openConversation(row.id);
    },
    [readAhead, openConversation],
  );
  const scrollTo = (id: string) => {
    const at = items.findIndex((item) => item.key === id);
    if (at >= 0) virtual.scrollToIndex(at, { align: "auto" });
  };
  const cursor = useCursor({
    placed,
    openId: conversationId,
    box,
    scrollTo,
    onOpen: open,
    onNear: readAhead.near,
  });
  const sentinel = useSentinel(onEnd);
  const names = items.length;
  useEffect(() => {
    if (names > 0) virtual.measure();
  }, [names, virtual]);
  return (
    <div className="qwrap">
      <div
        className="qscroll"
        ref={box}
        role="listbox"
        tabIndex={0}
        data-pane-focus
        aria-label="Ordered by the promise that breaks first"
        aria-activedescendant={cursor.id ? `row-${cursor.id}` : undefined}
        onKeyDown={cursor.onKeyDown}
      >
        <div className="qtall" role="presentation" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start, size, key }) => {
            const item = items[index];
            if (!item) return null;
            return (
              <div
                key={key}
                className="qplace"
                role="presentation"
                style={{ height: size, transform: `translateY(${start}px)` }}
              >
                {item.row ? (
                  <Row
                    row={item.row}
                    isOpen={item.row.id === conversationId}
                    isHere={item.row.id === cursor.id}
                    place={item.place}
                    of={placed.length}
                    onOpen={cursor.open}
                    onNear={readAhead.near}
                  />
                ) : (
                  <div className="qgroup" role="presentation">
                    {item.group}
                  </div>
                )}
              </div>
            );
          })}
          <div className="qend" ref={sentinel} role="presentation" />
        </div>
      </div>
      {isBehind && (
        <Button className="btn sm qsort" onPress={hand.letGo}>
          Put in order
        </Button>
      )}
    </div>
  );
}
