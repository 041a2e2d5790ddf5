import { useQuery } from "@tanstack/react-query";
import { reconciliationQuery } from "../api/queries";
import { now } from "../live/clock";
import { Refused } from "../parts/Notice";
import { day } from "../words/time";

/** Days are counted in UTC, and named so wherever they are read: as if each were one of ours. */
const noon = (utc: string) => `${utc.slice(0, 10)}T12:00:00`;

/** Accepted against shown, for each day and inbox. */
export function Reconciliation() {
  const { data, error } = useQuery(reconciliationQuery);
  return (
    <section className="sheetpart" aria-labelledby="reconciliation">
      <h2 id="reconciliation">Reconciliation, 14 days</h2>
      <p className="m">
        Accepted must equal shown, pending, undelivered, quarantined and erased together. What is missing is
        an error of ours.
      </p>
      {error && <Refused what="The count could not be read." error={error} />}
      {data && data.length === 0 && <p className="q">Nothing has arrived in 14 days.</p>}
      {data && data.length > 0 && (
        <table className="t folds">
          <thead>
            <tr>
              <th>Day, UTC</th>
              <th>Inbox</th>
              <th className="num">Accepted</th>
              <th className="num">Shown</th>
              <th className="num">Pending</th>
              <th className="num">Undelivered</th>
              <th className="num">Quarantined</th>
              <th className="num">Erased</th>
              <th className="num">Missing</th>
            </tr>
          </thead>
          <tbody>
            {data.map((row) => (
              <tr key={`${row.day}/${row.inbox_id}`}>
                <td>{day(noon(row.day), Date.parse(noon(new Date(now()).toISOString())))}</td>
                <td>{row.inbox_name}</td>
                <td className="num" data-label="Accepted">
                  {row.accepted}
                </td>
                <td className="num" data-label="Shown">
                  {row.shown}
                </td>
                <td className="num" data-label="Pending">
                  {row.pending}
                </td>
                <td className="num" data-label="Undelivered">
                  {row.undelivered}
                </td>
                <td className="num" data-label="Quarantined">
                  {row.quarantined}
                </td>
                <td className="num" data-label="Erased">
                  {row.erased}
                </td>
                <td className="num" data-label="Missing">
                  {row.missing > 0 ? <span className="tag broken">{row.missing} missing</span> : "0"}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
