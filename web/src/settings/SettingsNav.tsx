import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Glyph } from "../parts/Glyph";
import { Icon } from "../parts/Icon";
import { mayConfigure, mayPrepare, useMe } from "../shell/useMe";
import { inboxesQuery } from "./queries";

/** What there is to set. */
export function SettingsNav() {
  const { data } = useQuery(inboxesQuery);
  const me = useMe();
  const may = mayConfigure(me);
  return (
    <nav className="snav" aria-label="Settings" data-pane-name="settings">
      <div className="only-wide">
        <h3>Inboxes</h3>
        <Link to="/settings/inboxes" activeOptions={{ exact: true, includeSearch: false }} data-pane-focus>
          <Icon name="in" />
          All inboxes
        </Link>
        {data?.map((inbox) => (
          <Link key={inbox.id} to="/settings/inboxes/$inboxId" params={{ inboxId: inbox.id }}>
            <Glyph channel={inbox.channel} />
            <span className="cut">
              <bdi>{inbox.address}</bdi>
            </span>
          </Link>
        ))}
        {may && (
          <Link to="/settings/inboxes/new">
            <Icon name="plus" />
            Add an inbox
          </Link>
        )}
      </div>
      {mayPrepare(me) && (
        <>
          <h3>Work</h3>
          <Link to="/settings/words">
            <Icon name="spark" />
            Ready words
          </Link>
        </>
      )}
      <h3>House</h3>
      {may && (
        <Link to="/settings/people">
          <Icon name="lock" />
          People and roles
        </Link>
      )}
      <Link to="/undelivered">
        <Icon name="save" />
        Undelivered
      </Link>
    </nav>
  );
}
