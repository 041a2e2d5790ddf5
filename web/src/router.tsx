import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import type { State, View } from "./api/types";
import { Moving } from "./moving/Moving";
import { Privacy } from "./privacy/Privacy";
import { Quarantine } from "./quarantine/Quarantine";
import { Answers } from "./settings/Answers";
import { Inboxes } from "./settings/Inboxes";
import { InboxPage } from "./settings/InboxPage";
import { NewInbox } from "./settings/NewInbox";
import { People } from "./settings/People";
import { Settings } from "./settings/Settings";
import { Desk } from "./shell/Desk";
import { Root } from "./shell/Root";
import { Undelivered } from "./undelivered/Undelivered";

export type Pane = "queue" | "story" | "facts";
export type DeskSearch = { view?: View; state?: State; pane?: Pane };

const one = <T extends string>(value: unknown, of: readonly T[]): T | undefined =>
  of.find((each) => each === value);

function readSearch(search: Record<string, unknown>): DeskSearch {
  const view = one(search.view, ["mine", "team", "all"] as const);
  const state = one(search.state, ["open", "waiting", "resolved"] as const);
  const pane = one(search.pane, ["queue", "story", "facts"] as const);
  return { ...(view && { view }), ...(state && { state }), ...(pane && { pane }) };
}

const root = createRootRoute({ component: Root });
const desk = createRoute({
  getParentRoute: () => root,
  id: "desk",
  component: Desk,
  validateSearch: readSearch,
});
const index = createRoute({ getParentRoute: () => desk, path: "/" });
const conversation = createRoute({ getParentRoute: () => desk, path: "/conversations/$conversationId" });
const customer = createRoute({ getParentRoute: () => desk, path: "/customers/$customerId" });
const privacy = createRoute({
  getParentRoute: () => root,
  path: "/customers/$customerId/privacy",
  component: Privacy,
});
const quarantine = createRoute({ getParentRoute: () => root, path: "/quarantine", component: Quarantine });
const undelivered = createRoute({ getParentRoute: () => root, path: "/undelivered", component: Undelivered });
const moving = createRoute({ getParentRoute: () => root, path: "/moving-in", component: Moving });

const settings = createRoute({ getParentRoute: () => root, path: "/settings", component: Settings });
const settingsIndex = createRoute({
  getParentRoute: () => settings,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/settings/inboxes", replace: true });
  },
});

/** What the way back from a provider says: an inbox that is connected, or one that is not and why. */
export type ConnectSearch = { connected?: string; failed?: string; why?: string };

const text = (value: unknown) => (typeof value === "string" ? value.slice(0, 500) : "");

function readConnect(search: Record<string, unknown>): ConnectSearch {
  const [connected, failed, why] = [text(search.connected), text(search.failed), text(search.why)];
  return { ...(connected && { connected }), ...(failed && { failed }), ...(why && { why }) };
}

const inboxes = createRoute({
  getParentRoute: () => settings,
  path: "inboxes",
  component: Inboxes,
  validateSearch: readConnect,
});
const newInbox = createRoute({ getParentRoute: () => settings, path: "inboxes/new", component: NewInbox });
const inbox = createRoute({ getParentRoute: () => settings, path: "inboxes/$inboxId", component: InboxPage });
const answers = createRoute({
  getParentRoute: () => settings,
  path: "inboxes/$inboxId/answers",
  component: Answers,
});
const people = createRoute({ getParentRoute: () => settings, path: "people", component: People });

/** Where words are written that stand ready; they come with the editor, when they are first opened. */
const ready = () => import("./settings/ready");
const signature = createRoute({
  getParentRoute: () => settings,
  path: "inboxes/$inboxId/signature",
  component: lazyRouteComponent(ready, "InboxSignature"),
});
const words = createRoute({
  getParentRoute: () => settings,
  path: "words",
  component: lazyRouteComponent(ready, "ReadyWords"),
});
const newWords = createRoute({
  getParentRoute: () => settings,
  path: "words/new",
  component: lazyRouteComponent(ready, "NewWords"),
});
const someWords = createRoute({
  getParentRoute: () => settings,
  path: "words/$macroId",
  component: lazyRouteComponent(ready, "WordsPage"),
});
const settingsPages = settings.addChildren([
  ...[settingsIndex, inboxes, newInbox, inbox, answers, people],
  ...[signature, words, newWords, someWords],
]);

const own = () => import("./profile");
const profile = createRoute({
  getParentRoute: () => root,
  path: "/profile",
  component: lazyRouteComponent(own, "Profile"),
});
const overview = createRoute({
  getParentRoute: () => profile,
  path: "/",
  component: lazyRouteComponent(own, "Overview"),
});
const ownSignature = createRoute({
  getParentRoute: () => profile,
  path: "signatures/$inboxId",
  component: lazyRouteComponent(own, "OwnSignature"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    desk.addChildren([index, conversation, customer]),
    privacy,
    quarantine,
    undelivered,
    moving,
    settingsPages,
    profile.addChildren([overview, ownSignature]),
  ]),
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
