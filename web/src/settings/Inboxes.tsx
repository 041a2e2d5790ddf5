import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import type { Inbox } from "../api/types";
import { Glyph } from "../parts/Glyph";
import { Icon } from "../parts/Icon";
import { Refused } from "../parts/Notice";
import { SkeletonRows } from "../parts/Skeleton";
import type { ConnectSearch } from "../router";
import { mayConfigure, useMe } from "../shell/useMe";
import { useTitle } from "../shell/useTitle";
import { term } from "../words/time";
import { CameBack } from "./CameBack";
import { Page } from "./Page";
import { inboxesQuery } from "./queries";
import { StandingLine } from "./Standing";

function AddAnInbox() {
  return (
    <Link className="btn primary" to="/settings/inboxes/new">
      <Icon name="plus" />
      Add an inbox
    </Link>
  );
}

function One({ inbox }: { inbox: Inbox }) {
  return (
    <li>
      <Link className="setrow" to="/settings/inboxes/$inboxId" params={{ inboxId: inbox.id }}>
        <Glyph channel={inbox.channel} />
        <span className="cut">
          <b>
            <bdi>{inbox.address}</bdi>
          </b>
          <span className="m">
            {" "}
            {inbox.name} · to {inbox.queue} within {term(inbox.reply_within_s)}
          </span>
        </span>
        <StandingLine inbox={inbox} />
      </Link>
    </li>
  );
}

/** Our addresses, and how each of them goes. */
export function Inboxes() {
  useTitle("Inboxes");
  const { data, error, isPending } = useQuery(inboxesQuery);
  const search: ConnectSearch = useSearch({ strict: false });
  const may = mayConfigure(useMe());
  return (
    <Page
      label="Inboxes"
      title="Inboxes"
      says="Our addresses: where customers reach us."
      isFirst
      end={may && <AddAnInbox />}
    >
      <div className="setbody">
        <CameBack search={search} inboxes={data ?? []} />
        {error && <Refused what="The inboxes could not be read." error={error} />}
        {isPending && <SkeletonRows rows={4} />}
        {data?.length === 0 && (
          <div className="empty">
            <b>No inbox yet</b>
            <p className="q">An inbox is one address of ours. Nothing can come before there is one.</p>
            {may && <AddAnInbox />}
          </div>
        )}
        <ul className="setlist">
          {data?.map((inbox) => (
            <One key={inbox.id} inbox={inbox} />
          ))}
        </ul>
      </div>
    </Page>
  );
}
