import { post } from "../api/client";
import type { Act, Conversation, KeptFile, Reply } from "../api/types";
import { addresses } from "./addresses";
import type { Draft } from "./drafts";
import { sent } from "./rich/pictures";

/** A draft on its way out. `asOf`: the newest entry that was seen; `mentions`: the colleagues a note names. */
export type Sending = Omit<Draft, "acts"> & {
  id: string;
  files: KeptFile[];
  isRich: boolean;
  acts: Act[];
  mentions: string[];
  /** Those of them that stood in the draft. */
  kept: Act[] | undefined;
  asOf: string | undefined;
  anyway: boolean;
};

/** To whom: as typed, else as the conversation has it; a forward goes to nobody by itself. */
function recipients({ reply }: Conversation, { mode, to, cc, bcc }: Sending) {
  const kind = reply.to[0]?.kind ?? reply.cc[0]?.kind;
  const usual = mode === "forward" ? { to: [], cc: [] } : reply;
  return {
    to: to === undefined ? usual.to : addresses(to, reply.to, kind),
    cc: cc === undefined ? usual.cc : addresses(cc, reply.cc, kind),
    bcc: addresses(bcc, [], kind),
  };
}

function letter(conversation: Conversation, sending: Sending) {
  const { id, mode, acts, anyway, of, asOf, files, subject, isRich, sign } = sending;
  const words = sending[mode];
  const usual = mode === "forward" ? `Fwd: ${conversation.reply.subject}` : conversation.reply.subject;
  return {
    ...(isRich ? { html: sent(words) } : { text: words.trim() }),
    ...recipients(conversation, sending),
    ...{ id, mode, acts, anyway, of: of ?? null, as_of: asOf ?? null },
    subject: subject ?? usual,
    sign: sign ?? true,
    attachments: files.map((file) => file.id),
  };
}

/** Send a reply, or keep a note, for which nothing comes back. */
export async function dispatch(conversation: Conversation, sending: Sending): Promise<Reply | null> {
  const at = `/api/conversations/${conversation.id}`;
  if (sending.mode !== "note") return post<Reply>(`${at}/replies`, letter(conversation, sending));
  await post(`${at}/notes`, { text: sending.note.trim(), mentions: sending.mentions });
  return null;
}
