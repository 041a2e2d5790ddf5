import type { Inbox } from "../api/types";
import { ago, clock, date, sameDay } from "../words/time";

/** How an inbox goes: in a few words, and why. */
export type Standing = { tone: "ok" | "soon" | "broken" | "none"; words: string; why: string };

const lastCame = ({ last_at }: Inbox, now: number) =>
  last_at ? `last arrival ${ago(last_at, now)}` : "nothing came lately";

const since = (iso: string, now: number) =>
  sameDay(new Date(iso), new Date(now)) ? clock(iso) : date(iso, now);

/** What one must know of an inbox before all else. */
export function standing(inbox: Inbox, now: number): Standing {
  const { contact, consent } = inbox;
  if (consent === "withdrawn" || (contact?.needs_consent && consent === "given"))
    return { tone: "broken", words: "Consent was withdrawn: connect again", why: contact?.detail ?? "" };
  if (consent === "missing")
    return { tone: "soon", words: "Waits for consent: connect it", why: "Nothing is read until then." };
  if (contact && !contact.is_connected)
    return { tone: "broken", words: `Not reading since ${since(contact.since, now)}`, why: contact.detail };
  if (contact) return { tone: "ok", words: `Reading; ${lastCame(inbox, now)}`, why: "" };
  return { tone: "none", words: `Open; ${lastCame(inbox, now)}`, why: "" };
}
