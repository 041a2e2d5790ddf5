import { createRootRoute, createRoute, createRouter } from "@tanstack/react-router";
import type { State, View } from "./api/types";
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
const undelivered = createRoute({ getParentRoute: () => root, path: "/undelivered", component: Undelivered });

export const router = createRouter({
  routeTree: root.addChildren([desk.addChildren([index, conversation, customer]), undelivered]),
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
