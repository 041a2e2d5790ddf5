import { Link, useLocation } from "@tanstack/react-router";
import { Icon } from "../parts/Icon";
import { mayConfigure, seesSettings, seesUndelivered, useMe } from "./useMe";

/** The views there are. */
export function Rail() {
  const me = useMe();
  const elsewhere = useLocation({
    select: ({ pathname }) => /^\/(undelivered|quarantine|settings|moving-in|profile)/.test(pathname),
  });
  return (
    <nav className="rail" aria-label="Views" data-pane-name="rail">
      <Link to="/" data-pane-focus aria-current={elsewhere ? undefined : "page"}>
        <Icon name="desk" />
        <span>Desk</span>
      </Link>
      <Link to="/quarantine">
        <Icon name="filter" />
        <span>Quarantine</span>
      </Link>
      {seesUndelivered(me) && (
        <Link to="/undelivered">
          <Icon name="alert" />
          <span>Undelivered</span>
        </Link>
      )}
      {mayConfigure(me) && (
        <Link to="/moving-in">
          <Icon name="in" />
          <span>Moving in</span>
        </Link>
      )}
      {seesSettings(me) && (
        <Link className="lowest" to="/settings">
          <Icon name="gear" />
          <span>Settings</span>
        </Link>
      )}
    </nav>
  );
}
