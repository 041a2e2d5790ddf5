import { useQuery } from "@tanstack/react-query";
import { channelsQuery } from "../api/queries";
import type { Channel } from "../api/types";
import { drawing } from "./drawing";

/** The family a channel's tint comes from: its traits, never its name. */
export function tint({ traits }: Channel): string {
  if (traits.public) return "public";
  if (traits.voice || traits.face) return "spoken";
  if (traits.machine) return "machine";
  return traits.subject || traits.page ? "written" : "quick";
}

/** One channel by its key; undefined while the list is on its way or when it is gone. */
export function useChannel(key: string | null | undefined): Channel | undefined {
  const { data } = useQuery({
    ...channelsQuery,
    select: (all: Channel[]) => all.find((channel) => channel.key === key),
  });
  return data;
}

/** A channel's drawing alone, or its first two letters while it has none. */
export function ChannelIcon({ channel }: { channel: Channel }) {
  const shapes = drawing(channel.icon);
  if (!shapes) return <span aria-hidden="true">{channel.label.slice(0, 2)}</span>;
  return (
    <svg className="i" viewBox="0 0 20 20" aria-hidden="true">
      {shapes}
    </svg>
  );
}

/** A channel's glyph in its tint, with its word for screen readers and on hover. */
export function Glyph({ channel: key }: { channel: string }) {
  const channel = useChannel(key);
  if (!channel) return <span className="ch t-plain" />;
  return (
    <span className={`ch t-${tint(channel)}`} title={channel.label}>
      <ChannelIcon channel={channel} />
      <span className="sr">{channel.label}</span>
    </span>
  );
}
