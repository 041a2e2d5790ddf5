import { Outlet, useNavigate } from "@tanstack/react-router";
import { useVerbs, type Verb } from "../keys/verbs";
import { Notice } from "../parts/Notice";
import { mayConfigure, mayPrepare, seesSettings, useMe } from "../shell/useMe";
import { SettingsNav } from "./SettingsNav";

/** How the house is set up: inboxes, ready words and people. */
export function Settings() {
  const me = useMe();
  const navigate = useNavigate();
  const group = "Settings";
  const add = () => void navigate({ to: "/settings/inboxes/new" });
  const people = () => void navigate({ to: "/settings/people" });
  const words = () => void navigate({ to: "/settings/words" });
  const verbs: Verb[] = [];
  if (mayPrepare(me)) verbs.push({ id: "set-words", words: "Ready words", group, icon: "spark", run: words });
  if (mayConfigure(me))
    verbs.push(
      { id: "set-inbox", words: "Add an inbox", group, icon: "plus", run: add },
      { id: "set-people", words: "People and roles", group, icon: "lock", run: people },
    );
  useVerbs(verbs);
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
