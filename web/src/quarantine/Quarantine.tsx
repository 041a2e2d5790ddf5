import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "react-aria-components";
import { quarantineQuery } from "../api/queries";
import { now } from "../live/clock";
import { Glyph } from "../parts/Glyph";
import { Refused } from "../parts/Notice";
import { SkeletonLines } from "../parts/Skeleton";
import { mayWrite, useMe } from "../shell/useMe";
import { useTitle } from "../shell/useTitle";
import { ago, whole } from "../words/time";
import { Decide } from "./Decide";
import type { Held } from "./useDecide";

function From({ row }: { row: Held }) {
  return (
    <div className="held">
      <div className="row">
        <Glyph channel={row.channel} />
        <b>
          <bdi dir="auto">{row.sender_name || row.sender_value}</bdi>
        </b>
        {row.sender_name && (
          <span className="m">
            <bdi>{row.sender_value}</bdi>
          </span>
        )}
      </div>
      <div dir="auto">{row.subject || "Without a subject"}</div>
      <p className="m" dir="auto">
        {row.beginning}
      </p>
    </div>
  );
}

function Rows({ rows }: { rows: Held[] }) {
  const writes = mayWrite(useMe());
  return (
    <ul className="heldlist">
      {rows.map((row) => (
        <li key={row.id}>
          <From row={row} />
          <div className="why">
            <p>{row.reason}</p>
            <p className="m" title={whole(row.received_at)}>
              {row.inbox_name} · {ago(row.received_at, now())}
            </p>
          </div>
          {writes && <Decide row={row} />}
        </li>
      ))}
    </ul>
  );
}

/** What nobody here asked for: it waits, whole, until somebody says what it is. */
export function Quarantine() {
  useTitle("Quarantine");
  const query = useInfiniteQuery(quarantineQuery);
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <main className="main">
      <div className="view">
        <header className="vhead">
          <h1>Quarantine</h1>
          <span className="m">What looks unwanted. Look through it now and then; it is erased in time.</span>
        </header>
        <div className="vbody">
          <section className="sheetpart">
            {query.isPending && <SkeletonLines lines={4} />}
            {query.error && <Refused what="The list could not be read." error={query.error} />}
            {query.data && rows.length === 0 && (
              <div className="empty">
                <b>Nothing is held back</b>
                <p className="q">Everything that arrived is on the desk.</p>
              </div>
            )}
            {rows.length > 0 && <Rows rows={rows} />}
            {query.hasNextPage && (
              <Button className="btn" onPress={() => void query.fetchNextPage()}>
                Show more
              </Button>
            )}
          </section>
        </div>
      </div>
    </main>
  );
}
