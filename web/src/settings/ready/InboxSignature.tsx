import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { put, remove } from "../../api/client";
import type { InboxSignature as Signed } from "../../api/types";
import { Glyph } from "../../parts/Glyph";
import { Notice, Refused } from "../../parts/Notice";
import { SkeletonLines } from "../../parts/Skeleton";
import { useTitle } from "../../shell/useTitle";
import { InboxParts } from "../InboxParts";
import { Page } from "../Page";
import { useForm } from "../useForm";
import { signaturesQuery, variablesQuery } from "./queries";
import { SignatureForm } from "./SignatureForm";
import { Under } from "./Under";

function Known({ inbox }: { inbox: Signed }) {
  const client = useQueryClient();
  const variables = (useQuery(variablesQuery).data ?? []).filter(({ always }) => always);
  const at = `/api/inboxes/${inbox.inbox_id}/signature`;
  const form = useForm({ html: inbox.ours ?? "" }, async (_, { html }) => {
    await (html ? put(at, { html }) : remove(at));
    await client.invalidateQueries({ queryKey: ["signatures"] });
    await client.invalidateQueries({ queryKey: ["signature"] });
  });
  return (
    <>
      <Page
        label={`Signature of ${inbox.address}`}
        glyph={<Glyph channel={inbox.channel} />}
        title={inbox.address}
        says="What stands under every reply from here, unless somebody has their own."
        end={<InboxParts inboxId={inbox.inbox_id} />}
      >
        <SignatureForm
          {...{ form, variables }}
          hasWords
          help="Empty: nothing stands there. Whoever answers can have their own, under their profile."
        />
      </Page>
      <Under
        html={String(form.values.html)}
        {...{ variables }}
        inboxName={inbox.inbox_name}
        none="Nothing stands under it."
      />
    </>
  );
}

/** What stands under everybody's replies from an inbox. */
export function InboxSignature() {
  const { inboxId = "" } = useParams({ strict: false });
  const { data, error, isFetchedAfterMount } = useQuery({ ...signaturesQuery, refetchOnMount: "always" });
  const inbox = data?.find(({ inbox_id }) => inbox_id === inboxId);
  useTitle("Signature");
  if (inbox && isFetchedAfterMount) return <Known key={inbox.inbox_id} inbox={inbox} />;
  return (
    <Page label="Signature" title="Signature" end={<InboxParts inboxId={inboxId} />}>
      {error && <Refused what="The signature could not be read." error={error} />}
      {data && !inbox && <Notice title="There is no such inbox.">Choose one on the left.</Notice>}
      {!isFetchedAfterMount && <SkeletonLines lines={6} />}
    </Page>
  );
}
