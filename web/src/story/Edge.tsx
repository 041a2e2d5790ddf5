import type { ReactNode } from "react";
import { Button } from "react-aria-components";
import { now } from "../live/clock";
import { Icon } from "../parts/Icon";
import { date } from "../words/time";

type Props = { where: "first" | "last"; since?: string; onPress: () => void; children: ReactNode };

/** The row that leads on, at either end of what was read. */
export function Edge({ where, since, onPress, children }: Props) {
  return (
    <div className={`tledge ${where}`}>
      <div className="ev c">
        <span className="at">{since && <b>since {date(since, now())}</b>}</span>
        <span className="node">
          <Icon name={where === "first" ? "undo" : "down"} />
        </span>
        <div className="body">
          <Button className="aslink" onPress={onPress}>
            {children}
          </Button>
        </div>
      </div>
    </div>
  );
}
