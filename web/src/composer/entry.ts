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
    conversation_id: conversation.id,
    channel: conversation.channel,
    direction,
    speaker: "message",
    text,
    has_html: false,
    agent_name: me.name,
    delivery: direction === "out" ? "queued" : "",
    delivery_detail: "",
    send_at: direction === "out" ? new Date(Date.parse(at) + 10_000).toISOString() : null,
    attachments: [],
  };
}
