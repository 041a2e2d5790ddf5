import type { CustomerView } from "../api/types";
import { count } from "../words/time";

/** What came before the entries that are shown: ": 4 orders, 2 conversations". */
export function earlier({ story, order_count, conversations }: CustomerView): string {
  const first = story.entries[0]?.happened_at ?? "";
  const orders = order_count - story.entries.filter(({ kind }) => kind === "order").length;
  const talks = conversations.filter(({ opened_at }) => opened_at < first).length;
  const parts = [orders > 0 && count(orders, "order"), talks > 0 && count(talks, "conversation")].filter(
    Boolean,
  );
  return parts.length > 0 ? `: ${parts.join(", ")}` : "";
}
