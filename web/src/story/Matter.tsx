import { Button } from "react-aria-components";
import type { Candidate, Conversation } from "../api/types";
import { now } from "../live/clock";
import { Icon } from "../parts/Icon";
import { Refused } from "../parts/Notice";
import { mayWrite, useMe } from "../shell/useMe";
import { ago, whole } from "../words/time";
import { useAsked } from "./asked";
import { JoinWith } from "./JoinWith";
import { Later } from "./Later";
import { Shares } from "./Shares";
import { useJoin, useUnsplit } from "./useMatter";

function Question({ conversation }: { conversation: Conversation }) {
  const join = useJoin(conversation.id);
  const answer = (other: string | null) => join.mutate({ other, isAnswer: true });
  return (
    <section className="matter" aria-label="Same matter?">
      <b>Same matter as one of these?</b>
      {conversation.question?.map(({ id, matter, last_at }: Candidate) => (
        <Button key={id} className="btn sm" onPress={() => answer(id)}>
          <bdi className="cut">{matter}</bdi> <span className="m">{ago(last_at, now())}</span>
        </Button>
      ))}
      <Button className="btn quiet sm" onPress={() => answer(null)}>
        No, a new one
      </Button>
      {join.error && <Refused what="Not answered." error={join.error} />}
    </section>
  );
}

function because(evidence: string, by: string | null | undefined): string {
  if (evidence === "merge") return "because the customers are merged";
  return by ? `joined by ${by}` : "joined";
}

function Joined({ conversation }: { conversation: Conversation }) {
  const parts = conversation.joined ?? [];
  const links = [...new Set(parts.map(({ link_id }) => link_id))];
  return links.map((link) => {
    const [first, ...others] = parts.filter(({ link_id }) => link_id === link);
    if (!first || !link) return null;
    return (
      <section className="matter" key={link} aria-label="One matter">
        <Icon name="link" />
        <span>
          One matter: {[first, ...others].map(({ matter }) => `“${matter}”`).join(" and ")}{" "}
          <span className="m">{because(first.evidence, first.by_name)}</span>
        </span>
        <Shares of={`/api/joins/${link}`} link={link} one={first.matter} other={others[0]?.matter ?? ""} />
      </section>
    );
  });
}

function SplitOff({ conversation }: { conversation: Conversation }) {
  const unsplit = useUnsplit();
  return conversation.split?.map(({ id, from_matter, by_name }) => (
    <section className="matter" key={id} aria-label="Split off">
      <Icon name="link" />
      <span>
        Split off from “{from_matter}” <span className="m">by {by_name ?? "somebody"}</span>
      </span>
      <Button className="aslink xs" onPress={() => unsplit.mutate(conversation.id)}>
        Put back
      </Button>
    </section>
  ));
}

/** What this matter is made of, and what is asked about it. */
export function Matter({ conversation }: { conversation: Conversation }) {
  const asked = useAsked();
  const may = mayWrite(useMe());
  return (
    <>
      {conversation.follow_up_at && (
        <section className="matter" aria-label="Follow up">
          <Icon name="clock" />
          <span>Waits until {whole(conversation.follow_up_at)}, then it is open again.</span>
        </section>
      )}
      <Joined conversation={conversation} />
      <SplitOff conversation={conversation} />
      {may && (conversation.question?.length ?? 0) > 0 && <Question conversation={conversation} />}
      {may && asked === "join" && <JoinWith conversation={conversation} />}
      {may && asked === "later" && <Later conversation={conversation} />}
    </>
  );
}
