import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "react-aria-components";
import { post } from "../api/client";
import { deadJobsQuery } from "../api/queries";
import type { DeadJobsPage } from "../api/types";
import { now } from "../live/clock";
import { Refused } from "../parts/Notice";
import { offerUndo } from "../shell/toasts";
import { ago, whole } from "../words/time";

type Dead = DeadJobsPage["rows"][number];

function Retry({ job }: { job: Dead }) {
  const client = useQueryClient();
  const retry = useMutation({
    mutationFn: () => post(`/api/jobs/${job.id}/retry`),
    onSuccess: () => {
      offerUndo(`retry:${job.id}`, `${job.kind} is tried again`);
      void client.invalidateQueries({ queryKey: ["deadJobs"] });
    },
  });
  return (
    <>
      {retry.error && <Refused what="Not tried again." error={retry.error} />}
      <Button className="btn sm" isPending={retry.isPending} onPress={() => retry.mutate()}>
        Try again
      </Button>
    </>
  );
}

function Row({ job }: { job: Dead }) {
  return (
    <tr>
      <td>{job.kind}</td>
      <td title={whole(job.died_at)} data-label="Failed">
        {ago(job.died_at, now())}
      </td>
      <td className="num" data-label="Tries">
        {job.tries}
      </td>
      <td className="reason">{job.error}</td>
      <td className="num">
        <Retry job={job} />
      </td>
    </tr>
  );
}

/** Work of ours that failed at every try; what it was for waits with it. */
export function DeadJobs() {
  const query = useInfiniteQuery(deadJobsQuery);
  const jobs = query.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <section className="sheetpart" aria-labelledby="dead-jobs">
      <h2 id="dead-jobs">Work that failed</h2>
      <p className="m">Each was tried until its last try, and waits. Mend the cause, then try again.</p>
      {query.error && <Refused what="The list could not be read." error={query.error} />}
      {query.data && jobs.length === 0 && <p className="q">No work has failed for good.</p>}
      {jobs.length > 0 && (
        <table className="t folds">
          <thead>
            <tr>
              <th>Work</th>
              <th>Failed</th>
              <th className="num">Tries</th>
              <th>Reason</th>
              <th>
                <span className="sr">Try again</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {jobs.map((job) => (
              <Row key={job.id} job={job} />
            ))}
          </tbody>
        </table>
      )}
      {query.hasNextPage && (
        <Button className="btn" onPress={() => void query.fetchNextPage()}>
          Show more
        </Button>
      )}
    </section>
  );
}
