import { useInfiniteQuery } from "@tanstack/react-query";
import { queueQuery } from "../api/queries";
import { useDeskSearch } from "../shell/useOpen";

const SAYS = {
  mine: { open: "Waiting for me", waiting: "I wait for", resolved: "Resolved by me" },
  team: { open: "Team queue", waiting: "Team waits for", resolved: "Team resolved" },
  all: { open: "All open", waiting: "All waiting", resolved: "All resolved" },
};

/** The queue the address asks for. */
export function useQueue() {
  const { view = "mine", state = "open" } = useDeskSearch();
  const query = useInfiniteQuery(queueQuery(view, state));
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const counts = query.data?.pages[0]?.counts ?? undefined;
  return { query, rows, counts, view, state, title: SAYS[view][state] };
}
