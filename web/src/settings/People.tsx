import { useQuery } from "@tanstack/react-query";
import { now } from "../live/clock";
import { Notice, Refused } from "../parts/Notice";
import { SkeletonRows } from "../parts/Skeleton";
import { mayConfigure, useMe } from "../shell/useMe";
import { useTitle } from "../shell/useTitle";
import { date, whole } from "../words/time";
import { AddSomebody } from "./AddSomebody";
import { Page } from "./Page";
import { Person } from "./Person";
import { agentsQuery } from "./queries";

function Everybody() {
  const { data, error, isPending } = useQuery(agentsQuery);
  const gone = data?.filter(({ ended_at }) => ended_at !== null) ?? [];
  return (
    <div className="setbody">
      {error && <Refused what="The list could not be read." error={error} />}
      {isPending && <SkeletonRows rows={5} />}
      <ul className="setlist people">
        {data
          ?.filter(({ ended_at }) => ended_at === null)
          .map((agent) => (
            <Person key={agent.id} agent={agent} />
          ))}
      </ul>
      {gone.length > 0 && (
        <>
          <h2 className="fh">Worked here before</h2>
          <ul className="setlist">
            {gone.map(({ id, name, sign_in, ended_at }) => (
              <li className="setrow gone" key={id}>
                <span className="cut">
                  {name} <bdi className="m">{sign_in}</bdi>
                </span>
                <span className="m xs" title={whole(ended_at ?? "")}>
                  until {date(ended_at ?? "", now())}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** Who works here, and what each is here to do. */
export function People() {
  useTitle("People and roles");
  const may = mayConfigure(useMe());
  return (
    <>
      <Page label="People and roles" title="People and roles" says="Who works here, and what each may do.">
        {may ? (
          <Everybody />
        ) : (
          <Notice title="Only an administrator sees this page.">Ask one of them.</Notice>
        )}
      </Page>
      {may && <AddSomebody />}
    </>
  );
}
