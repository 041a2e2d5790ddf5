import type { Change } from "../api/types";
import { hear, say } from "./tabs";

const AGAIN = 3000;
/** A line that comes back within this time was never worth a word. */
const GRACE = 1500;

/** Hold the line to the server and pass on what comes by it, from after the event this tab saw last. */
export function openSource(lastSeen: () => number | null): () => void {
  let source: EventSource;
  let again: number | undefined;
  let grace: number | undefined;
  let seen = lastSeen();
  let lostAt: number | null = null;
  const lose = () => {
    lostAt = Date.now();
    say({ say: "line", seen, lostAt, isNew: false });
  };
  const open = () => {
    source = new EventSource(seen === null ? "/api/stream" : `/api/stream?last_event_id=${seen}`);
    source.onerror = () => {
      grace ??= window.setTimeout(lose, GRACE);
      if (source.readyState !== EventSource.CLOSED) return;
      say({ say: "who" });
      again = window.setTimeout(open, AGAIN);
    };
    source.addEventListener("hello", ({ lastEventId }: MessageEvent<string>) => {
      window.clearTimeout(grace);
      grace = undefined;
      lostAt = null;
      const isNew = seen === null;
      seen ??= Number(lastEventId);
      say({ say: "line", seen, lostAt, isNew });
    });
    source.addEventListener("change", ({ lastEventId, data }: MessageEvent<string>) => {
      const after = seen;
      seen = Number(lastEventId);
      say({ say: "change", id: seen, after, change: JSON.parse(data) as Change });
    });
    source.addEventListener("reset", ({ lastEventId }: MessageEvent<string>) => {
      seen = Number(lastEventId);
      say({ say: "reset", id: seen });
    });
  };
  const stopHearing = hear((word) => {
    if (word.say === "joined") say({ say: "line", seen, lostAt, isNew: false });
  });
  open();
  return () => {
    window.clearTimeout(again);
    window.clearTimeout(grace);
    stopHearing();
    source.close();
  };
}
