import { Button } from "react-aria-components";
import { now } from "../live/clock";
import { Glyph } from "../parts/Glyph";
import { Marked } from "../parts/Marked";
import { clock, date, sameDay } from "../words/time";
import { AsSent } from "./AsSent";
import { Attachments } from "./Attachments";
import { Because, isAsked } from "./Because";
import { Delivery } from "./Delivery";
import type { EntryProps } from "./Entry";
import { More } from "./More";
import { useOpened } from "./opened";
import { Text } from "./Text";
import { Vouched } from "./Vouched";
import { When } from "./When";

const SPEAKERS: Record<string, string> = {
  "auto-reply": "automatic reply",
  bounce: "could not be delivered",
  list: "sent to a list",
};

function who({ entry, view }: Pick<EntryProps, "entry" | "view">): string {
  if (entry.direction === "out") return entry.agent_name ?? "Doorstep";
  if (isAsked({ entry, view })) return entry.sender?.value ?? view.customer.name;
  return entry.sender?.name || entry.sender?.value || view.customer.name;
}

const HOUR = 3_600_000;
/** What came later than this was not on its way, but moved in with its history. */
const MONTHS = 90 * 24 * HOUR;

/** When it arrived, where that is another time than when it was said. */
function arrived({ happened_at, received_at, direction }: EntryProps["entry"]): string {
  const late = received_at ? Date.parse(received_at) - Date.parse(happened_at) : 0;
  if (direction !== "in" || !received_at || late < HOUR || late > MONTHS) return "";
  const isSameDay = sameDay(new Date(happened_at), new Date(received_at));
  return `arrived ${isSameDay ? clock(received_at) : date(received_at, now())}`;
}

function meta({ entry, isBright, open }: EntryProps): string {
  const subject =
    entry.subject && !(isBright && open && entry.subject.endsWith(open.matter)) ? entry.subject : "";
  const also = entry.also_by?.length ? `also to ${entry.also_by.join(", ")}` : "";
  return [subject, SPEAKERS[entry.speaker ?? ""], also, arrived(entry)].filter(Boolean).join(" · ");
}

/** What somebody said, in their own words and language. */
export function Said(props: EntryProps) {
  const { entry, day, isBright, view } = props;
  const [asSent = false, setAsSent] = useOpened(`sent:${entry.id}`);
  const isOurs = entry.direction === "out";
  const name = who(props);
  const said = meta(props);
  return (
    <article className={["ev", isBright ? "" : "past", isOurs ? "us" : ""].filter(Boolean).join(" ")}>
      <When at={entry.happened_at} day={day} />
      {entry.channel ? <Glyph channel={entry.channel} /> : <span className="node" />}
      <div className="body">
        <div className="who">
          <b>
            <bdi dir="auto">{name}</bdi>
          </b>
          {said && (
            <span className="m" dir="auto">
              <Marked text={said} />
            </span>
          )}
          <Delivery entry={entry} />
          <Vouched entry={entry} />
          <span className="row end">
            {entry.has_html && (
              <Button className="aslink xs" aria-expanded={asSent} onPress={() => setAsSent(!asSent)}>
                {asSent ? "Show as text" : "Show as sent"}
              </Button>
            )}
            <More {...props} who={name} />
          </span>
        </div>
        {asSent ? (
          <AsSent id={entry.id} who={name} />
        ) : (
          <Text entry={entry} lang={isOurs ? undefined : view.customer.language} />
        )}
        <Attachments of={entry} />
        <Because {...props} />
      </div>
    </article>
  );
}
