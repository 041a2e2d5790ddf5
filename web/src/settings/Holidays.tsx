import { useState } from "react";
import { Button } from "react-aria-components";
import { Icon } from "../parts/Icon";
import { HOLIDAYS } from "./answers";
import { describedBy, Row } from "./Row";

type Props = {
  held: string;
  onChange: (held: string) => void;
  isReadOnly: boolean;
  fault?: string | undefined;
};

const words = (day: string) =>
  new Date(`${day}T12:00:00`).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
  });

/** Days on which nobody is there. */
export function Holidays({ held, onChange, isReadOnly, fault }: Props) {
  const [next, setNext] = useState("");
  const days = held.split(" ").filter(Boolean);
  const add = () => {
    if (next) onChange([...new Set([...days, next])].sort().join(" "));
    setNext("");
  };
  return (
    <Row
      id={HOLIDAYS}
      label="Holidays"
      help="Nobody is here on these days, whatever the hours."
      fault={fault}
    >
      <div className="hours">
        {days.map((day) => (
          <span className="tag" key={day}>
            {words(day)}
            {!isReadOnly && (
              <Button
                className="aslink"
                onPress={() => onChange(days.filter((each) => each !== day).join(" "))}
              >
                <Icon name="x" label={`Take out ${words(day)}`} />
              </Button>
            )}
          </span>
        ))}
        {!isReadOnly && (
          <span className="row">
            <input
              id={HOLIDAYS}
              type="date"
              className="input"
              value={next}
              onChange={(event) => setNext(event.target.value)}
              {...describedBy(HOLIDAYS)}
            />
            <Button className="btn sm" isDisabled={!next} onPress={add}>
              <Icon name="plus" />
              Add a day
            </Button>
          </span>
        )}
      </div>
    </Row>
  );
}
