import { Radio, RadioGroup } from "react-aria-components";
import type { Channel } from "../api/types";
import { ChannelIcon } from "../parts/Glyph";
import { Row } from "./Row";

type Props = { channels: Channel[]; value: string; onChange: (key: string) => void };

/** The medium: those that are installed, as they describe themselves. */
export function ChooseChannel({ channels, value, onChange }: Props) {
  return (
    <Row id="channel" label="Channel" isGroup>
      <RadioGroup
        className="chans setchans"
        id="channel"
        aria-labelledby="channel-label"
        orientation="horizontal"
        value={value}
        onChange={onChange}
      >
        {channels.map((channel) => (
          <Radio className="chan" key={channel.key} value={channel.key} aria-label={channel.label}>
            <ChannelIcon channel={channel} />
            {channel.label}
          </Radio>
        ))}
      </RadioGroup>
    </Row>
  );
}
