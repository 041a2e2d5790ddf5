import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { put } from "../api/client";
import { channelsQuery } from "../api/queries";
import type { Channel, Inbox } from "../api/types";
import { Glyph } from "../parts/Glyph";
import { Notice, Refused } from "../parts/Notice";
import { SkeletonLines } from "../parts/Skeleton";
import { mayConfigure, useMe } from "../shell/useMe";
import { useTitle } from "../shell/useTitle";
import { HowItGoes } from "./HowItGoes";
import { InboxForm } from "./InboxForm";
import { InboxParts } from "./InboxParts";
import { Page } from "./Page";
import { inboxesQuery } from "./queries";
import { StandingLine } from "./Standing";
import { fieldsOf, settingsOf, valuesOf } from "./schema";
import { useForm, type Values } from "./useForm";

function valuesOfInbox(inbox: Inbox, channel: Channel): Values {
  const { name, queue, reply_within_s, settings, keep_days } = inbox;
  const kept = { name, queue, reply_within_s: String(reply_within_s), keep_days: String(keep_days ?? "") };
  return { ...kept, ...valuesOf(fieldsOf(channel), settings) };
}

/** Days as they were typed; what is no number goes as it is, so that the refusal says so. */
function daysOf(typed: string | boolean | undefined, kept: number | null): number | string | null {
  if (typeof typed !== "string") return kept;
  const words = typed.trim();
  return words === "" ? null : Number.isNaN(Number(words)) ? words : Number(words);
}

function Known({ inbox, channel }: { inbox: Inbox; channel: Channel }) {
  const client = useQueryClient();
  const isReadOnly = !mayConfigure(useMe());
  const form = useForm(valuesOfInbox(inbox, channel), async (changed) => {
    await put(`/api/inboxes/${inbox.id}`, {
      name: changed.name ?? inbox.name,
      queue: changed.queue ?? inbox.queue,
      reply_within_s: Number(changed.reply_within_s ?? inbox.reply_within_s),
      settings: settingsOf(fieldsOf(channel), changed),
      keep_days: daysOf(changed.keep_days, inbox.keep_days ?? null),
    });
    await client.invalidateQueries({ queryKey: ["inboxes"] });
  });
  return (
    <>
      <Page
        label={inbox.address}
        glyph={<Glyph channel={inbox.channel} />}
        title={inbox.address}
        says={`${channel.label} · goes to ${inbox.queue}`}
        end={
          <>
            <StandingLine inbox={inbox} />
            <InboxParts inboxId={inbox.id} />
          </>
        }
      >
        <InboxForm
          channel={channel}
          form={form}
          secrets={inbox.secrets ?? []}
          isReadOnly={isReadOnly}
          words="Save"
          save={form.save}
        >
          {isReadOnly && (
            <Notice tone="soon" title="You read here.">
              Only an administrator changes an inbox.
            </Notice>
          )}
        </InboxForm>
      </Page>
      <HowItGoes inbox={inbox} isUnsaved={Object.keys(form.changed).length > 0} />
    </>
  );
}

/** One of our addresses: how it is set, and how it goes. */
export function InboxPage() {
  const { inboxId } = useParams({ strict: false });
  const inboxes = useQuery(inboxesQuery);
  const channels = useQuery(channelsQuery);
  const inbox = inboxes.data?.find(({ id }) => id === inboxId);
  const channel = channels.data?.find(({ key }) => key === inbox?.channel);
  useTitle(inbox?.address ?? "Inbox");
  if (inbox && channel) return <Known key={inbox.id} inbox={inbox} channel={channel} />;
  const error = inboxes.error ?? channels.error;
  return (
    <Page label="Inbox" title={inbox?.address ?? "Inbox"}>
      {error && <Refused what="The inbox could not be read." error={error} />}
      {(inboxes.isPending || channels.isPending) && <SkeletonLines lines={8} />}
      {inboxes.data && !inbox && <Notice title="There is no such inbox.">Choose one on the left.</Notice>}
      {inbox && channels.data && !channel && (
        <Notice title="Its channel is not here any more.">
          The package that brought “{inbox.channel}” is not installed. What came by it is kept.
        </Notice>
      )}
    </Page>
  );
}
