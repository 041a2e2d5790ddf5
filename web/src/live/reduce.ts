import type { Change } from "../api/types";

/** What is on screen now. */
export type Shown = {
  conversationId: string | null;
  customerId: string | null;
  /** The conversations that are one matter in it, and the records that are one person. */
  parts?: string[];
  records?: string[];
};

/** What a change asks of the desk: data to read again, or a new entry to tell of. */
export type Effect =
  | { read: "queue" | "undelivered" | "reconciliation" | "quarantine" | "mentions" }
  | { read: "conversation" | "customer" | "presence" | "choices"; id: string }
  | { tell: "entry"; customerId: string; entryId: string };

const STORY =
  /^(signal|conversation|reply|note|order|payment|refund|shipment|return|stock|customer|identity)\./;
const QUEUE = /^(signal|conversation|reply|customer)\./;
const QUIET = /\.read$/;

/** The one reducer of the live stream: one change, and exactly what it concerns. */
export function reduce(change: Change, shown: Shown): Effect[] {
  const { kind, customer_id: customer, conversation_id: conversation } = change;
  const effects: Effect[] = [];
  if (kind === "customer.read") return effects;
  if (kind === "note.mentioned" || kind === "mention.seen") effects.push({ read: "mentions" });
  if (kind === "presence.changed" && conversation && conversation === shown.conversationId)
    effects.push({ read: "presence", id: conversation });
  if (QUEUE.test(kind)) effects.push({ read: "queue" });
  if (conversation && QUEUE.test(kind)) effects.push({ read: "conversation", id: conversation });
  if (customer && STORY.test(kind) && !QUIET.test(kind)) effects.push({ read: "customer", id: customer });
  effects.push(...asOne(change, shown));
  if (kind.startsWith("stock.") && shown.customerId) effects.push({ read: "customer", id: shown.customerId });
  if (customer && kind === "choice.changed") effects.push({ read: "choices", id: customer });
  if (kind === "choice.changed" && customer === shown.customerId && shown.conversationId)
    effects.push({ read: "conversation", id: shown.conversationId });
  if (/undelivered|replayed/.test(kind)) effects.push({ read: "undelivered" });
  if (/^quarantine\.|^signal\.marked/.test(kind)) effects.push({ read: "quarantine" });
  if (kind === "signal.shown") effects.push({ read: "reconciliation" });
  if (kind === "signal.shown" && change.subject_id && customer && isShown(customer, shown))
    effects.push({ tell: "entry", customerId: shown.customerId ?? customer, entryId: change.subject_id });
  return effects;
}

const isShown = (customer: string, { customerId, records }: Shown) =>
  customer === customerId || (records?.includes(customer) ?? false);

/** What concerns a part or a record concerns what is shown for it. */
function asOne({ kind, customer_id: customer, conversation_id: part }: Change, shown: Shown): Effect[] {
  const { conversationId, customerId, parts } = shown;
  const effects: Effect[] = [];
  const isAnothers = customer !== customerId && customer !== null && isShown(customer, shown);
  if (customerId && isAnothers && STORY.test(kind) && !QUIET.test(kind))
    effects.push({ read: "customer", id: customerId });
  const isWhole = kind.startsWith("customer.") && customer && isShown(customer, shown);
  if (conversationId && (isWhole || (part && parts?.includes(part) && QUEUE.test(kind))))
    effects.push({ read: "conversation", id: conversationId });
  return effects;
}
