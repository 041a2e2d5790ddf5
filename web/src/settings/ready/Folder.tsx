import { Link } from "@tanstack/react-router";
import type { Macro } from "../../api/types";

const DONE: Record<string, string> = { resolve: "then resolved", wait: "then waiting", take: "then theirs" };

const used = (uses: number) =>
  uses === 0 ? "not used yet" : uses === 1 ? "used once" : `used ${uses} times`;

function One({ macro: { id, name, queue, acts, uses, beginning } }: { macro: Macro }) {
  return (
    <li>
      <Link className="setrow words" to="/settings/words/$macroId" params={{ macroId: id }}>
        <span className="cut">
          <b dir="auto">{name}</b>
          <span className="m sub" dir="auto">
            {beginning.replace(/\{\{[^{}]*\}\}/g, "…")}
          </span>
        </span>
        <span className="row tags">
          {queue && <span className="tag">{queue}</span>}
          {acts.map((act) => (
            <span key={act} className="tag">
              {DONE[act]}
            </span>
          ))}
        </span>
        <span className="m xs num">{used(uses)}</span>
      </Link>
    </li>
  );
}

/** The ready words of one folder. */
export function Folder({ name, macros }: { name: string; macros: Macro[] }) {
  return (
    <section aria-label={name || "Without a folder"}>
      {name && <h2 className="fh">{name}</h2>}
      <ul className="setlist">
        {macros.map((macro) => (
          <One key={macro.id} macro={macro} />
        ))}
      </ul>
    </section>
  );
}
