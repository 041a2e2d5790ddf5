import type { Conversation, Me, StoryEntry } from "../api/types";

/** The entry a reply or note will be, shown before the server has it. */
export function entryOf(
  me: Me,
  conversation: Conversation,
  direction: "out" | "note",
  text: string,
  at: string,
): StoryEntry {
  return {
    kind: "interaction",
    id: `sending-${at}`,
    happened_at: at,
    received_at: null,
    conversation_id: conversation.id,
    channel: conversation.channel,
    direction,
    speaker: "message",
    subject: null,
    text,
    has_html: false,
    sender: null,
    agent_name: me.name,
    delivery: direction === "out" ? "queued" : "",
    delivery_detail: "",
    send_at: direction === "out" ? new Date(Date.parse(at) + 10_000).toISOString() : null,
    attachments: [],
    order_no: null,
    amount_minor: null,
    currency: null,
    lines: null,
    promised_on: null,
    state: null,
    method: null,
    reason: null,
    carrier: null,
    tracking_no: null,
    step: null,
    place: null,
    detail: null,
    verb: null,
  };
}
