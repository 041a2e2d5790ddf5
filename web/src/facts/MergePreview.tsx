import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "react-aria-components";
import { get, post } from "../api/client";
import type { Customer, Link, MergePreview as Preview } from "../api/types";
import { Refused } from "../parts/Notice";
import { offerUndo } from "../shell/toasts";
import { askFor } from "../story/asked";
import { useUnmerge } from "../story/useUnmerge";
import { count } from "../words/time";

type Side = Preview["one"];

function Bring({ side }: { side: Side }) {
  const has = [
    count(side.orders, "order"),
    count(side.conversations, "conversation"),
    side.open_conversations > 0 ? `${side.open_conversations} open` : "",
  ];
  return (
    <div className="bring">
      <b dir="auto">{side.name || "No name"}</b>
      <p className="m">{has.filter(Boolean).join(" · ")}</p>
      {side.identities.slice(0, 5).map(({ kind, value }) => (
        <bdi className="cut" key={`${kind}:${value}`}>
          {value}
        </bdi>
      ))}
    </div>
  );
}

function useMerge(customer: Customer) {
  const client = useQueryClient();
  const unmerge = useUnmerge();
  return useMutation({
    mutationFn: (data: { with: string; why: string }) =>
      post<Link>(`/api/customers/${customer.id}/merge`, data),
    onSuccess: ({ id, one_name, other_name }) => {
      askFor(null);
      offerUndo("merge", `${one_name} and ${other_name} are one person`, () => unmerge.mutate({ link: id }));
      return client.invalidateQueries();
    },
  });
}

type Props = { customer: Customer; otherId: string; onBack: () => void };

/** What would be one, what differs, and why it is so. */
export function MergePreview({ customer, otherId, onBack }: Props) {
  const [why, setWhy] = useState("");
  const { data, error } = useQuery({
    queryKey: ["preview", customer.id, otherId],
    queryFn: ({ signal }) =>
      get<Preview>(`/api/customers/${customer.id}/merge-preview?with=${otherId}`, signal),
  });
  const merge = useMerge(customer);
  if (error) return <Refused what="It could not be looked at." error={error} />;
  if (!data) return null;
  return (
    <div className="mergewith">
      <h3>These would be one</h3>
      <Bring side={data.one} />
      <Bring side={data.other} />
      {data.differences.map(({ field, one, other }) => (
        <p className="q" key={field}>
          The {field} shown is <bdi>{one}</bdi>; <bdi>{other}</bdi> is kept.
        </p>
      ))}
      <label>
        <span className="m xs">Why they are one person</span>
        <input
          className="input"
          maxLength={2000}
          value={why}
          onChange={({ target }) => setWhy(target.value)}
        />
      </label>
      {merge.error && <Refused what="Not merged." error={merge.error} />}
      <span className="row">
        <Button
          className="btn primary sm"
          isPending={merge.isPending}
          onPress={() => merge.mutate({ with: otherId, why })}
        >
          Merge
        </Button>
        <Button className="btn quiet sm" onPress={onBack}>
          Back
        </Button>
      </span>
    </div>
  );
}
