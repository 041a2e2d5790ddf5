import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Icon } from "../parts/Icon";

const BACK = {
  "/settings/inboxes": "Settings",
  "/settings/words": "Ready words",
  "/profile": "Your profile",
};

type Props = {
  label: string;
  title: string;
  says?: string;
  glyph?: ReactNode;
  end?: ReactNode;
  /** The first page: a phone has no way back from it. */
  isFirst?: boolean;
  /** Where a phone's way back leads. */
  back?: keyof typeof BACK;
  children: ReactNode;
};

/** The middle of the settings: a head and what stands under it. */
export function Page({ label, title, says, glyph, end, isFirst, children, ...more }: Props) {
  const { back = "/settings/inboxes" } = more;
  return (
    <section className="setpage" aria-label={label} data-pane-name="page" tabIndex={-1}>
      <header className="vhead">
        {!isFirst && (
          <Link className="btn quiet only-phone" to={back}>
            <Icon name="back" />
            {BACK[back]}
          </Link>
        )}
        {glyph}
        <div className="grow">
          <h1 className="cut">
            <bdi>{title}</bdi>
          </h1>
          {says && <p className="xs m">{says}</p>}
        </div>
        {end}
      </header>
      {children}
    </section>
  );
}
