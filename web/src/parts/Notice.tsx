import type { ReactNode } from "react";
import { Problem } from "../api/client";
import { Icon } from "./Icon";

type Props = { title: string; children?: ReactNode; tone?: "broken" | "soon" | "ok" };

/** What is so, what it means and what to do, beside the thing that failed. */
export function Notice({ title, children, tone = "broken" }: Props) {
  return (
    <div className={tone === "broken" ? "err" : `err ${tone}`} role={tone === "broken" ? "alert" : "status"}>
      <Icon name="alert" />
      <div>
        <b>{title}</b> {children}
      </div>
    </div>
  );
}

/** A refusal in the server's own words. */
export function Refused({ what, error }: { what: string; error: unknown }) {
  const reason =
    error instanceof Problem ? [error.title, error.detail].filter(Boolean).join(". ") : String(error);
  return <Notice title={what}>{reason}</Notice>;
}
