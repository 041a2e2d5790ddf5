import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Icon } from "../parts/Icon";

type Props = {
  label: string;
  title: string;
  says?: string;
  glyph?: ReactNode;
  end?: ReactNode;
  /** The first page: a phone has no way back from it. */
  isFirst?: boolean;
  children: ReactNode;
};

/** The middle of the settings: a head and what stands under it. */
export function Page({ label, title, says, glyph, end, isFirst, children }: Props) {
  return (
    <section className="setpage" aria-label={label} data-pane-name="page" tabIndex={-1}>
      <header className="vhead">
        {!isFirst && (
          <Link className="btn quiet only-phone" to="/settings/inboxes">
            <Icon name="back" />
            Settings
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
