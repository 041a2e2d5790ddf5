import { Outlet, useNavigate } from "@tanstack/react-router";
import { useVerbs } from "../keys/verbs";
import { Notice } from "../parts/Notice";
import { mayConfigure, seesSettings, useMe } from "../shell/useMe";
import { SettingsNav } from "./SettingsNav";

/** How the house is set up: inboxes and people. */
export function Settings() {
  const me = useMe();
  const navigate = useNavigate();
  const group = "Settings";
  const add = () => void navigate({ to: "/settings/inboxes/new" });
  const people = () => void navigate({ to: "/settings/people" });
  useVerbs(
    mayConfigure(me)
      ? [
          { id: "set-inbox", words: "Add an inbox", group, icon: "plus", run: add },
          { id: "set-people", words: "People and roles", group, icon: "lock", run: people },
        ]
      : [],
  );
  if (!seesSettings(me))
    return (
      <main className="main">
        <div className="setbody">
          <Notice title="The settings are not yours to see.">
            A supervisor or an administrator sees them.
          </Notice>
        </div>
      </main>
    );
  return (
    <main className="main">
      <div className="set">
        <SettingsNav />
        <Outlet />
      </div>
    </main>
  );
}
