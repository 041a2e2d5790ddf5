import { Outlet } from "@tanstack/react-router";
import { Notice } from "../parts/Notice";
import { seesSettings, useMe } from "../shell/useMe";
import { SettingsNav } from "./SettingsNav";

/** How the house is set up: inboxes and people. */
export function Settings() {
  const me = useMe();
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
