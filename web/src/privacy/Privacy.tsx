import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { erasureQuery } from "../api/queries";
import { Notice, Refused } from "../parts/Notice";
import { SkeletonLines } from "../parts/Skeleton";
import { seesUndelivered, useMe } from "../shell/useMe";
import { useTitle } from "../shell/useTitle";
import { Erase } from "./Erase";

/** What a customer may ask for: all that is known, and to have it erased. */
export function Privacy() {
  const { customerId = "" } = useParams({ strict: false });
  const { data, error, isPending } = useQuery(erasureQuery(customerId));
  useTitle("Privacy");
  const at = `/api/customers/${customerId}`;
  return (
    <main className="main">
      <div className="view">
        <header className="vhead">
          <h1 dir="auto">{data ? data.name : "Privacy"}</h1>
          <span className="m">What is known of this customer, to take along or to erase.</span>
          <Link className="btn quiet end" to="/customers/$customerId" params={{ customerId }} search={{}}>
            Back to the story
          </Link>
        </header>
        <div className="vbody">
          <section className="sheetpart">
            <h2>Export</h2>
            <p>
              Everything: addresses, choices, orders and messages, with the names of files. It is in the
              audit.
            </p>
            <p className="row">
              <a className="btn" href={`${at}/export.html`} download>
                To read (HTML)
              </a>
              <a className="btn" href={`${at}/export.json`} download>
                For a program (JSON)
              </a>
            </p>
          </section>
          <section className="sheetpart">
            <h2>Erase</h2>
            {isPending && <SkeletonLines lines={6} />}
            {error && <Refused what="What would go could not be read." error={error} />}
            {data && (
              <Supervised>
                <Erase customerId={customerId} preview={data} />
              </Supervised>
            )}
          </section>
        </div>
      </div>
    </main>
  );
}

function Supervised({ children }: { children: ReactNode }) {
  if (seesUndelivered(useMe())) return children;
  return (
    <Notice tone="soon" title="You read here.">
      A supervisor or an administrator erases a customer.
    </Notice>
  );
}
