import { useQuery } from "@tanstack/react-query";
import { Link, Outlet } from "@tanstack/react-router";
import { Glyph } from "../parts/Glyph";
import { Icon } from "../parts/Icon";
import { signaturesQuery } from "../settings/ready/queries";
import { mayWrite, useMe } from "../shell/useMe";

/** What is one's own: who one is here, and what stands under one's replies. */
export function Profile() {
  const { data } = useQuery({ ...signaturesQuery, enabled: mayWrite(useMe()) });
  return (
    <main className="main">
      <div className="set">
        <nav className="snav only-wide" aria-label="Profile" data-pane-name="settings">
          <h3>You</h3>
          <Link to="/profile" activeOptions={{ exact: true }} data-pane-focus>
            <Icon name="user" />
            Your profile
          </Link>
          {data && data.length > 0 && <h3>Your signatures</h3>}
          {data?.map(({ inbox_id, channel, address }) => (
            <Link key={inbox_id} to="/profile/signatures/$inboxId" params={{ inboxId: inbox_id }}>
              <Glyph channel={channel} />
              <span className="cut">
                <bdi>{address}</bdi>
              </span>
            </Link>
          ))}
        </nav>
        <Outlet />
      </div>
    </main>
  );
}
