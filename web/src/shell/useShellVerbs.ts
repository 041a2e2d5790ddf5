import { useNavigate } from "@tanstack/react-router";
import { nextPane } from "../keys/panes";
import { useVerbs, type Verb } from "../keys/verbs";
import { chooseTheme } from "./choices";
import { openDialog } from "./dialogs";
import { signOut } from "./session";
import { undoLatest } from "./toasts";
import { mayConfigure, seesSettings, seesUndelivered, useMe } from "./useMe";

/** What can be done in every view. */
export function useShellVerbs(): void {
  const navigate = useNavigate();
  const me = useMe();
  const anywhere = "Anywhere";
  const verbs: Verb[] = [
    {
      id: "find",
      words: "Find anyone, any order, any verb",
      group: anywhere,
      icon: "search",
      key: "mod+k",
      anywhere: true,
      hidden: true,
      run: () => openDialog("palette"),
    },
    { id: "undo", words: "Undo", group: anywhere, icon: "undo", key: "z", run: undoLatest },
    { id: "keys", words: "All keys", group: anywhere, icon: "more", key: "?", run: () => openDialog("keys") },
    {
      id: "pane",
      words: "Next pane",
      group: anywhere,
      icon: "chev",
      key: "f6",
      anywhere: true,
      hidden: true,
      run: () => nextPane(1),
    },
    {
      id: "desk",
      words: "Go to the desk",
      group: anywhere,
      icon: "desk",
      run: () => void navigate({ to: "/" }),
    },
    {
      id: "profile",
      words: "Your profile and signature",
      group: anywhere,
      icon: "user",
      run: () => void navigate({ to: "/profile" }),
    },
    { id: "dark", words: "Dark", group: anywhere, icon: "moon", run: () => chooseTheme("dark") },
    { id: "light", words: "Light", group: anywhere, icon: "spark", run: () => chooseTheme("light") },
    {
      id: "system",
      words: "Light or dark as the system says",
      group: anywhere,
      icon: "gear",
      run: () => chooseTheme(""),
    },
    { id: "signout", words: "Sign out", group: anywhere, icon: "out", run: () => void signOut() },
  ];
  if (seesUndelivered(me))
    verbs.push({
      id: "undelivered",
      words: "Go to undelivered",
      group: anywhere,
      icon: "alert",
      run: () => void navigate({ to: "/undelivered" }),
    });
  if (mayConfigure(me))
    verbs.push({
      id: "moving",
      words: "Move history in",
      group: anywhere,
      icon: "in",
      run: () => void navigate({ to: "/moving-in" }),
    });
  if (seesSettings(me))
    verbs.push({
      id: "settings",
      words: "Go to settings",
      group: anywhere,
      icon: "gear",
      run: () => void navigate({ to: "/settings/inboxes" }),
    });
  useVerbs(verbs);
}
