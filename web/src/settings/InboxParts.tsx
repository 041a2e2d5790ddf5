import { Link } from "@tanstack/react-router";
import { mayPrepare, useMe } from "../shell/useMe";

/** The pages of one inbox. */
export function InboxParts({ inboxId }: { inboxId: string }) {
  const params = { inboxId };
  return (
    <nav className="seg" aria-label="Of this inbox">
      <Link to="/settings/inboxes/$inboxId" params={params} activeOptions={{ exact: true }}>
        Settings
      </Link>
      <Link to="/settings/inboxes/$inboxId/answers" params={params}>
        Automatic answers
      </Link>
      {mayPrepare(useMe()) && (
        <Link to="/settings/inboxes/$inboxId/signature" params={params}>
          Signature
        </Link>
      )}
    </nav>
  );
}
