/** Pictures among the words: shown from the draft they belong to, sent by the name they have in the mail. */
const SHOWN =
  /(<img[^>]*?\bsrc=")\/api\/conversations\/[0-9a-f-]{36}\/draft\/attachments\/([0-9a-f-]{36})(")/g;
const SENT = /(<img[^>]*?\bsrc=")cid:([0-9a-f]{32})@inline(")/g;

const dashed = (hex: string) => hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");

/** HTML as it is sent and kept. */
export const sent = (html: string) =>
  html.replace(
    SHOWN,
    (_, before: string, id: string, after: string) => `${before}cid:${id.replaceAll("-", "")}@inline${after}`,
  );

/** HTML as it is shown in the editor of a conversation. */
export const shown = (html: string, conversationId: string) =>
  html.replace(
    SENT,
    (_, before: string, hex: string, after: string) =>
      `${before}/api/conversations/${conversationId}/draft/attachments/${dashed(hex)}${after}`,
  );

const escaped = (name: string) => name.replace(/[&<>"]/g, " ");

/** A picture of one's draft, for the editor. */
export const pictureOf = (conversationId: string, id: string, name: string) =>
  `<img src="/api/conversations/${conversationId}/draft/attachments/${id}" alt="${escaped(name)}">`;
