import { Radio, RadioGroup } from "react-aria-components";
import type { Channel } from "../api/types";
import { ChannelIcon } from "../parts/Glyph";
import { Icon } from "../parts/Icon";
import type { Draft } from "./drafts";

type Props = { channel: Channel | undefined; mode: Draft["mode"]; onChoose: (mode: Draft["mode"]) => void };

/** Reply on the customer's channel, or a note for colleagues. */
export function Choice({ channel, mode, onChoose }: Props) {
  return (
    <RadioGroup
      className="chans"
      aria-label="Reply on"
      orientation="horizontal"
      value={mode}
      onChange={(to) => onChoose(to as Draft["mode"])}
    >
      <Radio className="chan" value="reply">
        {channel && <ChannelIcon channel={channel} />}
        {channel ? `${channel.label}${channel.traits.public ? ", public" : ""}` : "Reply"}
      </Radio>
      <Radio className="chan end" value="note">
        <Icon name="note" />
        Note <kbd className="only-wide">N</kbd>
      </Radio>
    </RadioGroup>
  );
}
