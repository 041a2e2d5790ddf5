import { Link } from "@tanstack/react-router";
import { memo } from "react";
import type { QueueRow } from "../api/types";
import { Glyph } from "../parts/Glyph";
import { PromiseClock } from "../parts/PromiseClock";
import type { DeskSearch } from "../router";
import { called } from "../words/name";
import { Drafted } from "./Drafted";

function Clock({ row }: { row: QueueRow }) {
  if (row.state === "open" && row.due_at)
    return <PromiseClock dueAt={row.due_at} within={row.reply_within_s} />;
  const words = row.state === "open" ? "no promise" : row.state === "waiting" ? "waits" : "resolved";
  return <span className="pc none">{words}</span>;
}

type Props = {
  row: QueueRow;
  isOpen: boolean;
  isHere: boolean;
  place: number;
  of: number;
  onOpen: (row: QueueRow) => void;
  onNear: (row: QueueRow) => void;
};

function marks({ row, isHere }: Props): string {
  return ["qrow", row.unread && "new", isHere && "here", row.state !== "open" && "held"]
    .filter(Boolean)
    .join(" ");
}

/** One conversation: its channel, a name, the matter, the promise. */
export const Row = memo(function Row(props: Props) {
  const { row, isOpen, isHere, place, of, onOpen, onNear } = props;
  return (
    <Link
      className={marks(props)}
      id={`row-${row.id}`}
      to="/conversations/$conversationId"
      params={{ conversationId: row.id }}
      search={(was: DeskSearch) => was}
      activeProps={{}}
      role="option"
      tabIndex={-1}
      aria-selected={isHere}
      aria-current={isOpen ? "true" : undefined}
      aria-posinset={place}
      aria-setsize={of}
      draggable={false}
      onMouseEnter={() => onNear(row)}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        onOpen(row);
      }}
    >
      <Glyph channel={row.channel} />
      <span className="n">
        <bdi className="cut">{called(row.customer_name)}</bdi>
        {row.unread && <span className="sr">new</span>}
      </span>
      <span className="t">
        <Clock row={row} />
      </span>
      <span className="s">
        <Drafted conversationId={row.id} />
        <bdi>{row.matter}</bdi>
      </span>
    </Link>
  );
});
