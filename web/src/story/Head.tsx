import { useQuery } from "@tanstack/react-query";
import { Button } from "react-aria-components";
import { channelsQuery, customerQuery } from "../api/queries";
import type { Channel, Conversation, QueueRow } from "../api/types";
import { now } from "../live/clock";
import { Icon } from "../parts/Icon";
import { Refused } from "../parts/Notice";
import { PromiseClock } from "../parts/PromiseClock";
import { useTitle } from "../shell/useTitle";
import { called } from "../words/name";
import { span } from "../words/time";
import { useActs } from "./useActs";
import { paper, useHeadVerbs } from "./useHeadVerbs";

const OPEN: Record<string, string> = { open: "Open", waiting: "Waiting", resolved: "Resolved, begun" };

function said(conversation: Conversation, channels: Channel[]): string {
  const words = conversation.channels.map((key) => channels.find((each) => each.key === key)?.label ?? key);
  const lasting = span(now() - Date.parse(conversation.opened_at));
  const whose = conversation.agent_name ?? "nobody has it yet";
  return `${OPEN[conversation.state] ?? ""} ${lasting}${conversation.state === "resolved" ? " ago" : ""} · ${words.join(", ")} · ${whose}`;
}

function Under({ conversation }: { conversation: Conversation }) {
  const { data: channels = [] } = useQuery(channelsQuery);
  return <p className="xs m cut">{said(conversation, channels)}</p>;
}

type Props = {
  conversation: Conversation | undefined;
  row: QueueRow | undefined;
  customerId: string | null;
  onFacts: () => void;
};

/** What it is about, and what can be done with it. */
export function Head({ conversation, row, customerId, onFacts }: Props) {
  const acts = useActs();
  const verbs = useHeadVerbs(conversation, acts.mutate);
  const { data } = useQuery({ ...customerQuery(customerId ?? ""), enabled: customerId !== null });
  const title = conversation?.matter ?? row?.matter ?? (data && called(data.customer.name)) ?? "\u00a0";
  useTitle(title);
  const due = conversation?.state === "open" ? conversation.due_at : null;
  return (
    <>
      <header className="shead">
        <div className="grow">
          <h1 className="cut" dir="auto">
            {title}
          </h1>
          {conversation ? <Under conversation={conversation} /> : <p className="xs m cut">&nbsp;</p>}
        </div>
        {conversation && (
          <a
            className="btn quiet only-wide"
            href={paper(conversation.id)}
            target="_blank"
            rel="noopener"
            title="Print"
          >
            <Icon name="print" label="Print" />
          </a>
        )}
        {due && <PromiseClock dueAt={due} within={conversation?.reply_within_s ?? null} tail=" left" />}
        <span className="row only-wide">
          <Button className="btn quiet only-narrow" onPress={onFacts}>
            Facts <kbd>I</kbd>
          </Button>
          {verbs.map((verb) => (
            <Button
              key={verb.id}
              className={verb.isMain ? "btn" : "btn quiet"}
              aria-keyshortcuts={verb.key ?? ""}
              onPress={verb.run}
            >
              {verb.words} {verb.key && <kbd>{verb.key.toUpperCase()}</kbd>}
            </Button>
          ))}
        </span>
      </header>
      {acts.error && <Refused what="Not done." error={acts.error} />}
    </>
  );
}
