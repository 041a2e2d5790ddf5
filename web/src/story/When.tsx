import { clock, whole } from "../words/time";

type Props = { at: string; day: string; isLine?: boolean; tail?: string };

/** The time column: the day where it changes, else the clock; the whole time on hover. */
export function When({ at, day, isLine = false, tail = "" }: Props) {
  return (
    <time className="at" dateTime={at} title={whole(at)}>
      {isLine ? (
        day || clock(at)
      ) : (
        <>
          {day && <b>{day}</b>} {tail || clock(at)}
        </>
      )}
    </time>
  );
}
