import { now, useTicking } from "../live/clock";
import { type Promised, promise } from "../words/promise";
import { whole } from "../words/time";

const SAID = { ok: "promise", soon: "promise, soon due", broken: "promise broken" };

function Ring({ state, left }: { state: Promised["state"]; left: number }) {
  if (state === "broken")
    return (
      <svg className="ring" viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="7" className="full" />
        <path d="M8 4.400v4.300M8 11.300h.01" className="bang" />
      </svg>
    );
  return (
    <svg className="ring" viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="5.5" className="tr" />
      <circle
        cx="8"
        cy="8"
        r="5.5"
        className="ar"
        pathLength="100"
        strokeDasharray={`${left} 100`}
        transform="rotate(-90 8 8)"
      />
    </svg>
  );
}

type Props = { dueAt: string; within: number | null; tail?: string };

/** The ring that empties, with its words; ticks for the eye only. */
export function PromiseClock({ dueAt, within, tail = "" }: Props) {
  const shown = useTicking(() => {
    const { state, words, left } = promise(dueAt, within, now());
    return `${state}|${Math.round(left * 100)}|${words}`;
  });
  const [state, left, words] = shown.split("|") as [Promised["state"], string, string];
  return (
    <span className={`pc ${state}`} title={`Promised by ${whole(dueAt)}`}>
      <Ring state={state} left={Number(left)} />
      <span className="sr">{SAID[state]}: </span>
      <time dateTime={dueAt}>
        {words}
        {state === "broken" ? "" : tail}
      </time>
    </span>
  );
}
