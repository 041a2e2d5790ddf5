import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { useEffect } from "react";
import { sessionQuery } from "../api/queries";
import { listenToKeys } from "../keys/listen";
import { useAnnouncement } from "../live/announce";
import { useStream } from "../live/stream";
import { Palette } from "../palette/Palette";
import { Refused } from "../parts/Notice";
import { NewPassword } from "../signin/NewPassword";
import { SignIn } from "../signin/SignIn";
import { Bar } from "./Bar";
import { KeyList } from "./KeyList";
import { Rail } from "./Rail";
import { SkipLinks } from "./SkipLinks";
import { useSharedSession } from "./session";
import { Toasts } from "./Toasts";
import { useShellVerbs } from "./useShellVerbs";

/** The whole desk, or the door to it. */
export function Root() {
  const session = useQuery(sessionQuery);
  useSharedSession(useQueryClient());
  useEffect(listenToKeys, []);
  if (session.isPending) return null;
  if (session.data?.must_change_password) return <NewPassword />;
  if (session.data) return <Shell key={session.data.agent_id} />;
  return (
    <SignIn
      notice={session.error ? <Refused what="You cannot sign in now." error={session.error} /> : undefined}
    />
  );
}

function Shell() {
  useStream(useQueryClient());
  useShellVerbs();
  const said = useAnnouncement();
  return (
    <>
      <SkipLinks />
      <div className="app">
        <Bar />
        <Rail />
        <Outlet />
      </div>
      <Toasts />
      <Palette />
      <KeyList />
      <div className="sr" role="status" aria-live="polite">
        {said}
      </div>
    </>
  );
}
