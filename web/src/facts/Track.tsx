import type { Shipment } from "../api/types";
import { now } from "../live/clock";
import { clock, date, sameDay, whole } from "../words/time";
import { steps } from "./steps";

const when = (iso: string) => (sameDay(new Date(iso), new Date(now())) ? clock(iso) : date(iso, now()));

/** A parcel's way to the door, and where it is now. */
export function Track({ shipment }: { shipment: Shipment }) {
  const last = shipment.events.at(-1);
  const words = [last?.place, last?.detail && `“${last.detail}”`].filter(Boolean).join(", ");
  return (
    <>
      <ol className="track">
        {steps(shipment).map(({ name, at, look }) => (
          <li key={name} className={look} title={at ? whole(at) : "not yet"}>
            {name}
            <br />
            {at ? when(at) : <span className="sr">not yet</span>}
          </li>
        ))}
      </ol>
      <p className="xs q row">
        <span className="cut">{words || shipment.state}</span>
        <bdi className="end nw" title={shipment.carrier}>
          {shipment.carrier} {shipment.tracking_no}
        </bdi>
      </p>
    </>
  );
}
