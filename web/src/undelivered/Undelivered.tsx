import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "react-aria-components";
import { undeliveredQuery } from "../api/queries";
import { Refused } from "../parts/Notice";
import { SkeletonLines } from "../parts/Skeleton";
import { useTitle } from "../shell/useTitle";
import { DeadJobs } from "./DeadJobs";
import { Failed } from "./Failed";
import { Reconciliation } from "./Reconciliation";

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
            {rows.length > 0 && <Failed rows={rows} />}
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
