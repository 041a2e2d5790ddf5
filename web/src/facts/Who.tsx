import { useQuery } from "@tanstack/react-query";
import { channelsQuery } from "../api/queries";
import type { Channel, CustomerView, Identity } from "../api/types";
import { ChannelIcon } from "../parts/Glyph";
import { Icon } from "../parts/Icon";
import type { IconName } from "../parts/icons";
import { called, initials } from "../words/name";
import { count, whole } from "../words/time";

/** Beyond this the server does not count. */
const MANY = 1000;
const ordered = (n: number) => (n < MANY ? count(n, "order") : "1,000 orders or more");

/** What an address of a kind bears while no channel of ours has such. */
const ICONS: Record<string, IconName> = { number: "phone", loyalty: "card", postal: "pin" };

/** How we know an address, in words; what the customer or the shop has proved bears a tick. */
const EVIDENCE: Record<string, string> = {
  shop: "from the shop",
  attested: "proved by them",
  unverified: "not proved yet",
  matched: "matched by us",
  agent: "set by an agent",
};

const OPEN = new Set(["unverified", "matched"]);

/** Why it is linked, for whoever asks. */
function why({ evidence, reasons, linked_at, attested_at }: Identity): string {
  const proved = attested_at ? `\nVouched for ${whole(attested_at)}` : "";
  return (
    [`Linked ${whole(linked_at)}: ${EVIDENCE[evidence] ?? evidence}`, ...(reasons ?? [])].join("\n") + proved
  );
}

function country(code: string): string {
  try {
    return new Intl.DisplayNames("en", { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}

function Known({ identity, channels }: { identity: Identity; channels: Channel[] }) {
  const channel = channels.find(({ traits }) => traits.address === identity.kind);
  return (
    <div className="idl">
      {channel ? <ChannelIcon channel={channel} /> : <Icon name={ICONS[identity.kind] ?? "user"} />}
      <bdi className="cut" title={`${identity.kind}: ${identity.value}`}>
        {identity.value}
      </bdi>
      {identity.unreachable_at && (
        <span
          className="tag broken"
          title={`${whole(identity.unreachable_at)}: ${identity.unreachable_why ?? ""}`}
        >
          comes back
        </span>
      )}
      <span className="end" title={why(identity)}>
        {!OPEN.has(identity.evidence) && <Icon name="check" />}
        {EVIDENCE[identity.evidence] ?? identity.evidence}
      </span>
    </div>
  );
}

/** The customer, and each address with the reason it is linked. */
export function Who({ view: { customer, identities, order_count: orders } }: { view: CustomerView }) {
  const { data: channels = [] } = useQuery(channelsQuery);
  const place = [customer.city, customer.country && country(customer.country)].filter(Boolean).join(", ");
  const since = `since ${customer.created_at.slice(0, 4)}`;
  return (
    <section className="fx">
      <div className="row whohead">
        <span className="ava lg t-plain" aria-hidden="true">
          {initials(customer.name)}
        </span>
        <div className="grow">
          <h2 dir="auto">{called(customer.name)}</h2>
          <p className="q">{[place, `${ordered(orders)} ${since}`].filter(Boolean).join(" · ")}</p>
        </div>
      </div>
      <div className="ids">
        {identities.map((identity) => (
          <Known key={identity.id} identity={identity} channels={channels} />
        ))}
      </div>
    </section>
  );
}
