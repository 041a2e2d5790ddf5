import { useQuery } from "@tanstack/react-query";
import { importsQuery } from "../api/queries";
import { Refused } from "../parts/Notice";
import { SkeletonLines } from "../parts/Skeleton";
import { useTitle } from "../shell/useTitle";
import { Row } from "./Row";
import { Send } from "./Send";

/** What was said before we were here: sent as a file, and taken over while the desk goes on. */
export function Moving() {
  useTitle("Moving in");
  const { data, error, isPending } = useQuery(importsQuery);
  return (
    <main className="main">
      <div className="view">
        <header className="vhead">
          <h1>Moving in</h1>
          <span className="m">History comes in order and in its threads. Nobody is answered or woken.</span>
        </header>
        <div className="vbody">
          <section className="sheetpart" aria-label="Send a file">
            <Send />
          </section>
          <section className="sheetpart" aria-labelledby="imports">
            <h2 id="imports">Imports</h2>
            {isPending && <SkeletonLines lines={3} />}
            {error && <Refused what="The list could not be read." error={error} />}
            {data && data.rows.length === 0 && <p className="q">Nothing was moved in yet.</p>}
            <ul className="moverows">
              {data?.rows.map((row) => (
                <Row key={row.id} row={row} />
              ))}
            </ul>
          </section>
        </div>
      </div>
    </main>
  );
}
