import type { Inbox } from "../api/types";
import { now, useTicking } from "../live/clock";
import { Icon } from "../parts/Icon";
import { standing } from "./howItGoes";

const DOTS = { ok: "dot", soon: "dot soon", broken: "dot broken", none: "dot off" };

/** How an inbox goes, in a line; a dot and its words. */
export function StandingLine({ inbox }: { inbox: Inbox }) {
  const words = useTicking(() => standing(inbox, now()).words);
  const { tone, why } = standing(inbox, now());
  return (
    <span className={`standing ${tone}`}>
      <span className={DOTS[tone]} />
      <span>
        {words}
        {why && <span className="m">. {why}</span>}
      </span>
    </span>
  );
}

const ICONS = { ok: "check", soon: "clock", broken: "alert", none: "in" } as const;

/** The same as a step, with its reason under it. */
export function StandingStep({ inbox }: { inbox: Inbox }) {
  const words = useTicking(() => standing(inbox, now()).words);
  const { tone, why } = standing(inbox, now());
  return (
    <li className={tone === "ok" ? "ok" : tone === "none" ? "" : "no"}>
      <Icon name={ICONS[tone]} />
      <b>{words}</b>
      {why && <span className="mm">{why}</span>}
    </li>
  );
}
