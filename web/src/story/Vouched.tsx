import type { StoryEntry } from "../api/types";

type Mark = { words: string; why: string; tone: string };

const by = (said: string | undefined) => /d=(\S+)/.exec(said ?? "")?.[1] ?? "";

const entrySender = (value: string | undefined) => value?.split("@").pop() ?? "";
const isOf = (sender: string, domain: string) => domain !== "" && `.${sender}`.endsWith(`.${domain}`);

/** What is known of whether a sender is who it says; null where nobody looked. */
function markOf({ attested, direction, sender }: StoryEntry): Mark | null {
  if (!attested || direction !== "in") return null;
  const { dmarc, dkim, spf } = attested;
  const vouching = [dkim, spf].filter((said) => said?.startsWith("pass")).map(by);
  const own = vouching.find((domain) => isOf(entrySender(sender?.value), domain));
  if (dmarc?.startsWith("pass") || own) {
    const domain = own ?? (vouching.length === 1 ? vouching[0] : "");
    return {
      words: domain ? `verified by ${domain}` : "verified",
      why: "The sender's domain vouches for this address.",
      tone: "",
    };
  }
  if (dmarc?.startsWith("fail"))
    return {
      words: "may be forged",
      why: "The sender's domain says that its mail can be verified, and this could not be.",
      tone: "broken",
    };
  if ((dmarc || dkim) && !dmarc?.startsWith("temp"))
    return { words: "not verified", why: "Nobody vouches for the address it says it is from.", tone: "" };
  return null;
}

/** A small mark beside the sender. */
export function Vouched({ entry }: { entry: StoryEntry }) {
  const mark = markOf(entry);
  if (!mark) return null;
  return (
    <span className={mark.tone ? `tag ${mark.tone}` : "m"} title={mark.why}>
      {mark.words}
    </span>
  );
}
