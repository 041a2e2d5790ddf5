import { Radio, RadioGroup } from "react-aria-components";
import type { Channel } from "../api/types";
import { ChannelIcon } from "../parts/Glyph";
import { Icon } from "../parts/Icon";
import type { Mode } from "./drafts";

type Props = { channel: Channel | undefined; mode: Mode; onChoose: (mode: Mode) => void };

/** Reply on the customer's channel, pass it on, or write a note for colleagues. */
export function Choice({ channel, mode, onChoose }: Props) {
  return (
    <RadioGroup
      className="chans"
      aria-label="Reply on"
      orientation="horizontal"
      value={mode}
      onChange={(to) => onChoose(to as Mode)}
    >
      <Radio className="chan" value="reply">
        {channel && <ChannelIcon channel={channel} />}
        {channel ? `${channel.label}${channel.traits.public ? ", public" : ""}` : "Reply"}
      </Radio>
      {mode === "forward" && (
        <Radio className="chan" value="forward">
          <Icon name="forward" />
          Pass on
        </Radio>
      )}
      <Radio className="chan end" value="note">
        <Icon name="note" />
        Note <kbd className="only-wide">N</kbd>
      </Radio>
    </RadioGroup>
  );
}
