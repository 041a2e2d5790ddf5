import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "react-aria-components";
import { channelsQuery, choicesQuery } from "../api/queries";
import type { StandingChoice } from "../api/types";
import { useVerbs } from "../keys/verbs";
import { Refused } from "../parts/Notice";
import { mayWrite, seesSettings, useMe } from "../shell/useMe";
import { whole } from "../words/time";
import { ChoicesForm } from "./ChoicesForm";
import { linesOf } from "./choices";
import { TheirPage } from "./TheirPage";

/** Who noted it, when, and how it is known. */
function source({ said_by, said_at, agent_name, how }: StandingChoice): string {
  const who = said_by === "customer" ? "Chosen by them" : `Noted by ${agent_name ?? "a program"}`;
  return [who, how, said_at && whole(said_at)].filter(Boolean).join(" · ");
}

/** How the customer chose to be reached, and by what that is known. */
export function Choices({ customerId }: { customerId: string }) {
  const me = useMe();
  const { data, error } = useQuery(choicesQuery(customerId));
  const { data: channels = [] } = useQuery(channelsQuery);
  const [isOpen, setOpen] = useState(false);
  const navigate = useNavigate();
  const leave = () => void navigate({ to: "/customers/$customerId/privacy", params: { customerId } });
  const verb = { id: "privacy", words: "Export or erase this customer", group: "Customer", run: leave };
  useVerbs(seesSettings(me) ? [{ ...verb, icon: "user" as const }] : []);
  const lines = data ? linesOf(data.choices, channels) : [];
  return (
    <section className="fx">
      <h3>
        <span>Choices</span>
        {mayWrite(me) && data && !isOpen && (
          <Button className="btn quiet sm end" onPress={() => setOpen(true)}>
            Change
          </Button>
        )}
      </h3>
      {error && <Refused what="The choices could not be read." error={error} />}
      {data && isOpen && (
        <ChoicesForm {...{ customerId, channels }} kept={data.choices} onDone={() => setOpen(false)} />
      )}
      {data && !isOpen && (
        <ul className="chosen">
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
          <li className="m xs">{data.said_by ? source(data) : "Nothing chosen; any time, any way."}</li>
        </ul>
      )}
      {mayWrite(me) && data && !isOpen && <TheirPage />}
      {seesSettings(me) && (
        <Link className="xs" to="/customers/$customerId/privacy" params={{ customerId }}>
          Export or erase
        </Link>
      )}
    </section>
  );
}
