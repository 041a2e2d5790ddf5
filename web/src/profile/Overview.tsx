import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { InboxSignature, Variable } from "../api/types";
import { plain } from "../composer/plain";
import { Glyph } from "../parts/Glyph";
import { Refused } from "../parts/Notice";
import { SkeletonRows } from "../parts/Skeleton";
import { Page } from "../settings/Page";
import { filled, valuesOf } from "../settings/ready/fill";
import { signaturesQuery, variablesQuery } from "../settings/ready/queries";
import { roleWords } from "../settings/roles";
import { mayWrite, useMe } from "../shell/useMe";
import { useTitle } from "../shell/useTitle";

function standing({ own, ours }: InboxSignature): string {
  if (own !== null) return own ? "your own" : "none of yours";
  return ours ? "everybody's" : "none";
}

/** What stands there, in a line. */
function inALine({ own, ours, inbox_name }: InboxSignature, variables: Variable[]): string {
  const values = { ...valuesOf(variables, true), "inbox.name": inbox_name };
  return plain(filled(own ?? ours ?? "", values)).replace(/\s*\n\s*/g, " · ");
}

function One({ inbox, variables }: { inbox: InboxSignature; variables: Variable[] }) {
  return (
    <li>
      <Link className="setrow" to="/profile/signatures/$inboxId" params={{ inboxId: inbox.inbox_id }}>
        <Glyph channel={inbox.channel} />
        <span className="cut">
          <b>
            <bdi>{inbox.address}</bdi>
          </b>{" "}
          <span className="m">{inbox.inbox_name}</span>
          <span className="m sub" dir="auto">
            {inALine(inbox, variables)}
          </span>
        </span>
        <span className="standing">{standing(inbox)}</span>
      </Link>
    </li>
  );
}

/** Who one is here, and one's signature of each inbox. */
export function Overview() {
  useTitle("Your profile");
  const me = useMe();
  const writes = mayWrite(me);
  const { data, error, isLoading } = useQuery({ ...signaturesQuery, enabled: writes });
  const variables = useQuery(variablesQuery).data ?? [];
  if (!me) return null;
  return (
    <Page label="Your profile" title={me.name} says={`${me.sign_in} · ${roleWords(me.role)} here`} isFirst>
      <div className="setbody">
        {writes && (
          <>
            <h2 className="fh">What stands under your replies</h2>
            {error && <Refused what="The signatures could not be read." error={error} />}
            {isLoading && <SkeletonRows rows={3} />}
            <ul className="setlist">
              {data?.map((inbox) => (
                <One key={inbox.inbox_id} inbox={inbox} variables={variables} />
              ))}
            </ul>
            {data?.length === 0 && <p className="q">There is no inbox to answer from yet.</p>}
          </>
        )}
        {!writes && <p className="q">You read here and answer nobody, so nothing of yours is to be set.</p>}
      </div>
    </Page>
  );
}
