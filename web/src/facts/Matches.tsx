import { useQuery } from "@tanstack/react-query";
import { Button } from "react-aria-components";
import { get } from "../api/client";
import type { Match } from "../api/types";
import { Refused } from "../parts/Notice";
import { useMatch } from "./useMatch";

const sign = (weight: number) => `${weight > 0 ? "+" : "−"}${Math.abs(weight)}`;

function Maybe({ customerId, match }: { customerId: string; match: Match }) {
  const { same, other } = useMatch(customerId, match);
  const isBusy = same.isPending || other.isPending;
  const failed = same.error ?? other.error;
  return (
    <li className="maybe">
      <p>
        May also be <b dir="auto">{match.name || "somebody without a name"}</b>
        {match.city && <span className="q">, {match.city}</span>}
        <span className="m xs"> {Math.min(99, Math.round(match.confidence * 100))} %</span>
      </p>
      <ul className="xs q">
        {match.reasons.map(({ what, weight }) => (
          <li key={what}>
            <span className="num">{sign(weight)}</span> {what}
          </li>
        ))}
      </ul>
      <div className="row">
        <Button className="btn sm" isDisabled={isBusy} onPress={() => same.mutate()}>
          Same person
        </Button>
        <Button className="btn sm" isDisabled={isBusy} onPress={() => other.mutate()}>
          Not the same
        </Button>
      </div>
      {failed && <Refused what="That was not done." error={failed} />}
    </li>
  );
}

/** Whom this customer may also be, why, and what to do about it; nothing when nobody is likely. */
export function Matches({ customerId }: { customerId: string }) {
  const { data = [] } = useQuery({
    queryKey: ["customer", customerId, "matches"],
    queryFn: ({ signal }) => get<Match[]>(`/api/customers/${customerId}/matches`, signal),
  });
  if (data.length === 0) return null;
  return (
    <section className="fx" aria-label="Possible matches">
      <ul className="maybes">
        {data.map((match) => (
          <Maybe key={match.customer_id} customerId={customerId} match={match} />
        ))}
      </ul>
    </section>
  );
}
