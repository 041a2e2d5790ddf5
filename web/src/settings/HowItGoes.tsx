import { useQuery } from "@tanstack/react-query";
import { reconciliationQuery } from "../api/queries";
import type { Inbox, ReconciliationRow } from "../api/types";
import { now } from "../live/clock";
import { Icon } from "../parts/Icon";
import { Refused } from "../parts/Notice";
import { SkeletonLines } from "../parts/Skeleton";
import { mayConfigure, useMe } from "../shell/useMe";
import { day } from "../words/time";
import { Connect } from "./Connect";
import { StandingStep } from "./Standing";

const CONSENTS = {
  "not-needed": "",
  missing: "Nobody has consented yet",
  given: "Connected by consent",
  withdrawn: "Consent was withdrawn",
};

function Consent({ inbox, isUnsaved }: { inbox: Inbox; isUnsaved: boolean }) {
  const consent = inbox.consent ?? "not-needed";
  const may = mayConfigure(useMe());
  if (consent === "not-needed") return null;
  return (
    <li className={consent === "given" ? "ok" : "no"}>
      <Icon name={consent === "given" ? "check" : "link"} />
      <b>{CONSENTS[consent]}</b>
      {may && (
        <span className="mm">
          <Connect inbox={inbox} isAgain={consent !== "missing"} isUnsaved={isUnsaved} />
        </span>
      )}
    </li>
  );
}

function Day({ row }: { row: ReconciliationRow }) {
  const missing = row.missing > 0;
  return (
    <li className={missing ? "no" : "ok"}>
      <Icon name={missing ? "alert" : "check"} />
      <span>{day(`${row.day}T12:00:00`, now())}</span>
      <span className="m xs">
        {missing ? `${row.missing} missing` : `${row.accepted} came, ${row.shown} in the story`}
      </span>
    </li>
  );
}

const DAYS = 7;

/** Beside the form: whether it reads, whose consent it has, what came by it. */
export function HowItGoes({ inbox, isUnsaved }: { inbox: Inbox; isUnsaved: boolean }) {
  const { data, error } = useQuery(reconciliationQuery);
  const days = data?.filter(({ inbox_id }) => inbox_id === inbox.id).slice(0, DAYS);
  return (
    <aside aria-label="How it goes" data-pane-name="beside" tabIndex={-1}>
      <header className="vhead">
        <h1 className="grow">How it goes</h1>
      </header>
      <div className="besidebody">
        <ol className="steps">
          <StandingStep inbox={inbox} />
          <Consent inbox={inbox} isUnsaved={isUnsaved} />
        </ol>
        <h2 className="fh">Came, and is in the story</h2>
        {error && <Refused what="The count could not be read." error={error} />}
        {!data && !error && <SkeletonLines lines={3} />}
        {days?.length === 0 && <p className="q">Nothing has come in 14 days.</p>}
        {days && days.length > 0 && (
          <ol className="steps">
            {days.map((row) => (
              <Day key={row.day} row={row} />
            ))}
          </ol>
        )}
        <div className="err ok">
          <Icon name="check" />
          <span>Nothing is lost while you change this: what comes meanwhile waits, and is taken after.</span>
        </div>
      </div>
    </aside>
  );
}
