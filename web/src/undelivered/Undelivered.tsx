import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "react-aria-components";
import { post } from "../api/client";
import { undeliveredQuery } from "../api/queries";
import type { UndeliveredPage } from "../api/types";
import { now } from "../live/clock";
import { Glyph } from "../parts/Glyph";
import { Refused } from "../parts/Notice";
import { SkeletonLines } from "../parts/Skeleton";
import { offerUndo } from "../shell/toasts";
import { useTitle } from "../shell/useTitle";
import { ago, whole } from "../words/time";
import { DeadJobs } from "./DeadJobs";
import { Reconciliation } from "./Reconciliation";

type Waiting = UndeliveredPage["rows"][number];

function Replay({ row }: { row: Waiting }) {
  const client = useQueryClient();
  const replay = useMutation({
    mutationFn: () => post(`/api/undelivered/${row.id}/replay`),
    onSuccess: () => {
      offerUndo(`replay:${row.id}`, `On its way again to ${row.inbox_name}`);
      void client.invalidateQueries({ queryKey: ["undelivered"] });
      void client.invalidateQueries({ queryKey: ["reconciliation"] });
    },
  });
  return (
    <>
      {replay.error && <Refused what="Not sent again." error={replay.error} />}
      <Button className="btn sm" isPending={replay.isPending} onPress={() => replay.mutate()}>
        Try again
      </Button>
    </>
  );
}

function Rows({ rows }: { rows: Waiting[] }) {
  return (
    <table className="t">
      <thead>
        <tr>
          <th>Inbox</th>
          <th>Failed</th>
          <th className="num">Tries</th>
          <th>Reason</th>
          <th>
            <span className="sr">Try again</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              <span className="row">
                <Glyph channel={row.channel} /> {row.inbox_name}
              </span>
            </td>
            <td title={whole(row.failed_at)}>{ago(row.failed_at, now())}</td>
            <td className="num">{row.tries}</td>
            <td className="reason">{row.error}</td>
            <td className="num">
              <Replay row={row} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What arrived and could not be shown, and the count of both sides. */
export function Undelivered() {
  useTitle("Undelivered");
  const query = useInfiniteQuery(undeliveredQuery);
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <main className="main">
      <div className="view">
        <header className="vhead">
          <h1>Undelivered</h1>
          <span className="m">What arrived, was kept, and could not be shown. Nothing here is lost.</span>
        </header>
        <div className="vbody">
          <section className="sheetpart">
            {query.isPending && <SkeletonLines lines={4} />}
            {query.error && <Refused what="The list could not be read." error={query.error} />}
            {query.data && rows.length === 0 && (
              <div className="empty">
                <b>Nothing is undelivered</b>
                <p className="q">Everything that arrived is shown or on its way.</p>
              </div>
            )}
            {rows.length > 0 && <Rows rows={rows} />}
            {query.hasNextPage && (
              <Button className="btn" onPress={() => void query.fetchNextPage()}>
                Show more
              </Button>
            )}
          </section>
          <DeadJobs />
          <Reconciliation />
        </div>
      </div>
    </main>
  );
}
