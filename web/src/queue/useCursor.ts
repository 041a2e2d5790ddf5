import { type KeyboardEvent, type RefObject, useCallback, useState } from "react";
import type { QueueRow } from "../api/types";
import { focusStory } from "../keys/panes";
import { useVerbs } from "../keys/verbs";
import type { Placed } from "./heldOrder";

type Asked = {
  placed: Placed[];
  openId: string | null;
  box: RefObject<HTMLDivElement | null>;
  scrollTo: (id: string) => void;
  onOpen: (row: QueueRow) => void;
  onNear: (row: QueueRow) => void;
};

const PAGE = 8;

/** Where a key of the listbox leads; null when it leads nowhere. */
function target(key: string, at: number, length: number): number | null {
  if (key === "ArrowDown") return at + 1;
  if (key === "ArrowUp") return at - 1;
  if (key === "PageDown") return at + PAGE;
  if (key === "PageUp") return at - PAGE;
  if (key === "Home") return 0;
  return key === "End" ? length - 1 : null;
}

/** Which row the keys stand on: J, K, arrows, Home, End; ↵ opens it. */
export function useCursor({ placed, openId, box, scrollTo, onOpen, onNear }: Asked) {
  const [chosen, setChosen] = useState<string | null>(null);
  const has = (id: string | null) => placed.some(({ row }) => row.id === id);
  const id = has(chosen) ? chosen : has(openId) ? openId : null;
  const at = placed.findIndex(({ row }) => row.id === id);
  const goTo = (to: number) => {
    const row = placed[Math.max(0, Math.min(placed.length - 1, to))]?.row;
    if (!row) return;
    setChosen(row.id);
    scrollTo(row.id);
    onNear(row);
    box.current?.focus({ preventScroll: true });
  };
  const open = useCallback(
    (row: QueueRow) => {
      setChosen(row.id);
      onOpen(row);
      focusStory();
    },
    [onOpen],
  );
  const openHere = () => {
    const row = placed[at]?.row;
    if (row) open(row);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const to = target(event.key, at, placed.length);
    const isOpen = event.key === "Enter" || event.key === " ";
    if (to === null && !isOpen) return;
    event.preventDefault();
    if (to === null) openHere();
    else goTo(to);
  };
  useVerbs([
    {
      id: "next",
      words: "Next in the queue",
      group: "Queue",
      icon: "down",
      key: "j",
      hidden: true,
      run: () => goTo(at + 1),
    },
    {
      id: "previous",
      words: "The one before",
      group: "Queue",
      icon: "down",
      key: "k",
      hidden: true,
      run: () => goTo(at - 1),
    },
    { id: "open", words: "Open", group: "Queue", icon: "in", key: "enter", hidden: true, run: openHere },
  ]);
  return { id, onKeyDown, open };
}
