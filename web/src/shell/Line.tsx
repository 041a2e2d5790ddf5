import { useOnline } from "../live/online";
import { useLostLine } from "../live/stream";
import { Icon } from "../parts/Icon";
import { clock } from "../words/time";

/** Said in the bar while the live line is lost; the bar keeps its height. */
export function Line() {
  const lost = useLostLine();
  const online = useOnline();
  if (online && lost === null) return <div className="line-state" role="status" />;
  const since = lost === null ? "" : ` What you see is from ${clock(new Date(lost).toISOString())}.`;
  return (
    <div className="line-state" role="status">
      <div className="err soon">
        <Icon name="alert" />
        <div className="cut">
          {online ? (
            <>
              <b>The server does not answer.</b>
              {since} We keep asking.
            </>
          ) : (
            <>
              <b>You are offline.</b> Keep writing; your words are kept.{since}
            </>
          )}
        </div>
      </div>
    </div>
  );
}
