import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { post } from "../api/client";
import { channelsQuery } from "../api/queries";
import type { Channel } from "../api/types";
import { Notice, Refused } from "../parts/Notice";
import { SkeletonLines } from "../parts/Skeleton";
import { mayConfigure, useMe } from "../shell/useMe";
import { useTitle } from "../shell/useTitle";
import { ChooseChannel } from "./ChooseChannel";
import { TextLine } from "./Controls";
import { InboxForm } from "./InboxForm";
import { Page } from "./Page";
import { Row } from "./Row";
import { fieldsOf, settingsOf, valuesOf } from "./schema";
import { useForm } from "./useForm";

const FIRST = { name: "", address: "", queue: "Customer care", reply_within_s: String(4 * 3600) };

type Props = { channel: Channel; channels: Channel[]; onChannel: (key: string) => void };

function Filled({ channel, channels, onChannel }: Props) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const made = useRef("");
  const form = useForm({ ...FIRST, ...valuesOf(fieldsOf(channel), {}) }, async (changed) => {
    const { name, address, queue, reply_within_s } = { ...FIRST, ...changed };
    const { id } = await post<{ id: string }>("/api/inboxes", {
      channel: channel.key,
      name,
      address,
      queue,
      reply_within_s: Number(reply_within_s),
      settings: settingsOf(fieldsOf(channel), changed),
    });
    made.current = id;
    await client.invalidateQueries({ queryKey: ["inboxes"] });
  });
  const save = async () => {
    if (!(await form.save())) return false;
    const to = { to: "/settings/inboxes/$inboxId", params: { inboxId: made.current } } as const;
    await navigate({ ...to, ignoreBlocker: true });
    return true;
  };
  const { address } = form.values;
  return (
    <InboxForm channel={channel} form={form} secrets={[]} isReadOnly={false} words="Add it" save={save}>
      <div className="fs">
        <ChooseChannel channels={channels} value={channel.key} onChange={onChannel} />
        <Row
          id="address"
          label="Address"
          help="What customers write to or call. It stays as it is."
          fault={form.faults.address}
        >
          <TextLine
            id="address"
            value={String(address)}
            onChange={(to) => form.set("address", to)}
            isBad={"address" in form.faults}
          />
        </Row>
      </div>
    </InboxForm>
  );
}

/** An address of ours that is to be. */
export function NewInbox() {
  useTitle("Add an inbox");
  const { data, error, isPending } = useQuery(channelsQuery);
  const [key, setKey] = useState("");
  const may = mayConfigure(useMe());
  const channel = data?.find((each) => each.key === key) ?? data?.[0];
  return (
    <Page label="Add an inbox" title="Add an inbox" says="One more address of ours, on a channel.">
      {!may && <Notice title="Only an administrator adds an inbox.">Ask one of them.</Notice>}
      {error && <Refused what="The channels could not be read." error={error} />}
      {isPending && <SkeletonLines lines={6} />}
      {may && data && channel && (
        <Filled key={channel.key} channel={channel} channels={data} onChannel={setKey} />
      )}
    </Page>
  );
}
