import { useQuery } from "@tanstack/react-query";
import { Button } from "react-aria-components";
import { customerQuery } from "../api/queries";
import type { Conversation } from "../api/types";
import { now } from "../live/clock";
import { Refused } from "../parts/Notice";
import { ago } from "../words/time";
import { askFor } from "./asked";
import { useJoin } from "./useMatter";

/** Which other matter of this customer it is one with. */
export function JoinWith({ conversation }: { conversation: Conversation }) {
  const { data } = useQuery(customerQuery(conversation.customer_id));
  const join = useJoin(conversation.id);
  const others = data?.conversations.filter(({ id }) => id !== conversation.id) ?? [];
  const choose = (other: string) => join.mutate({ other }, { onSuccess: () => askFor(null) });
  return (
    <section className="matter" aria-label="Join with another matter">
      <b>{others.length > 0 ? "One matter with" : "There is no other matter of theirs."}</b>
      {others.slice(0, 6).map(({ id, matter, last_at }, n) => (
        <Button key={id} autoFocus={n === 0} className="btn sm" onPress={() => choose(id)}>
          <bdi className="cut">{matter}</bdi> <span className="m">{ago(last_at, now())}</span>
        </Button>
      ))}
      <Button className="btn quiet sm" onPress={() => askFor(null)}>
        Cancel
      </Button>
      {join.error && <Refused what="Not joined." error={join.error} />}
    </section>
  );
}
