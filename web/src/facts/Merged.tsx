import { useQuery } from "@tanstack/react-query";
import { get } from "../api/client";
import type { CustomerView, Link } from "../api/types";
import { mayWrite, useMe } from "../shell/useMe";
import { useAsked } from "../story/asked";
import { Shares } from "../story/Shares";
import { whole } from "../words/time";
import { MergeWith } from "./MergeWith";

function Held({ link }: { link: Link }) {
  const { id, one_name, other_name, by_name, why, linked_at } = link;
  return (
    <div className="merged">
      <p>
        <bdi>{one_name}</bdi> and <bdi>{other_name}</bdi>{" "}
        <span className="m" title={whole(linked_at)}>
          {by_name ? `merged by ${by_name}` : "merged by themselves"}
        </span>
      </p>
      {why && (
        <p className="q" dir="auto">
          “{why}”
        </p>
      )}
      <Shares of={`/api/links/${id}`} link={id} one={one_name} other={other_name} />
    </div>
  );
}

/** The records that are one person, with the reason and the way back; and the way to merge. */
export function Merged({ view: { customer } }: { view: CustomerView }) {
  const may = mayWrite(useMe());
  const isAsked = useAsked() === "merge";
  const isSeveral = customer.ids.length > 1;
  const { data: links = [] } = useQuery({
    queryKey: ["links", customer.id, customer.ids.length],
    enabled: isSeveral,
    queryFn: ({ signal }) => get<Link[]>(`/api/customers/${customer.id}/links`, signal),
  });
  const held = isSeveral ? links.filter((link) => !link.ended_at) : [];
  if (held.length === 0 && !(may && isAsked)) return null;
  return (
    <section className="fx" aria-label="Merged records">
      {held.length > 0 && <h3>{customer.ids.length} records, one person</h3>}
      {held.map((link) => (
        <Held key={link.id} link={link} />
      ))}
      {may && isAsked && <MergeWith customer={customer} />}
    </section>
  );
}
