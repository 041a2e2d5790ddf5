import { Link } from "@tanstack/react-router";
import type { Inbox } from "../api/types";
import { Notice } from "../parts/Notice";
import type { ConnectSearch } from "../router";

type Props = { search: ConnectSearch; inboxes: Inbox[] };

/** What came of a question that somebody was sent elsewhere with. */
export function CameBack({ search: { connected, failed, why }, inboxes }: Props) {
  const inbox = inboxes.find(({ id }) => id === (connected ?? failed));
  if (!inbox) return null;
  if (connected)
    return (
      <Notice tone="ok" title={`${inbox.address} is connected.`}>
        What waits there is read from now on.
      </Notice>
    );
  return (
    <Notice title={`${inbox.address} is not connected.`}>
      {why}{" "}
      <Link to="/settings/inboxes/$inboxId" params={{ inboxId: inbox.id }}>
        See how it is set, and connect it
      </Link>
    </Notice>
  );
}
