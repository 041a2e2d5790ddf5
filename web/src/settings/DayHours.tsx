import { Button } from "react-aria-components";
import { Icon } from "../parts/Icon";
import { type Span, spansOf } from "./hours";
import { Row } from "./Row";

type Props = {
  id: string;
  day: string;
  held: string;
  onChange: (held: string) => void;
  isReadOnly: boolean;
  /** No day has any hours: then somebody is always here. */
  isAlways: boolean;
  fault: string | undefined;
};

const USUAL: Span = ["09:00", "17:00"];
const MOST = 6;

const join = (spans: Span[]) => spans.map((span) => span.join("-")).join(" ");

/** When somebody is there on one day of the week. */
export function DayHours({ id, day, held, onChange, isReadOnly, isAlways, fault }: Props) {
  const spans = spansOf(held);
  const change = (place: number, side: 0 | 1, time: string) =>
    onChange(
      join(spans.map((span, each) => (each === place ? (side ? [span[0], time] : [time, span[1]]) : span))),
    );
  const drop = (place: number) => onChange(join(spans.filter((_, each) => each !== place)));
  const time = (place: number, side: 0 | 1, value: string) => (
    <input
      type="time"
      className={fault ? "input bad" : "input"}
      value={value}
      readOnly={isReadOnly}
      aria-invalid={fault ? true : undefined}
      aria-label={`${day}, ${side ? "until" : "from"}`}
      onChange={(event) => change(place, side, event.target.value)}
    />
  );
  return (
    <Row id={id} label={day} isGroup fault={fault}>
      <div className="hours">
        {spans.length === 0 && <span className="m">{isAlways ? "Always here" : "Nobody is here"}</span>}
        {spans.map(([begin, end], place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: hours have no name but their place
          <span className="row" key={place}>
            {time(place, 0, begin)} to {time(place, 1, end)}
            {!isReadOnly && (
              <Button className="btn sm quiet" onPress={() => drop(place)}>
                <Icon name="x" />
                <span className="sr">
                  Take out {begin} to {end} on {day}
                </span>
              </Button>
            )}
          </span>
        ))}
        {!isReadOnly && spans.length < MOST && (
          <Button className="btn sm" onPress={() => onChange(join([...spans, USUAL]))}>
            <Icon name="plus" />
            Add hours<span className="sr"> on {day}</span>
          </Button>
        )}
      </div>
    </Row>
  );
}
