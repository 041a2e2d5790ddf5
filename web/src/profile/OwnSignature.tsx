import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { put, remove } from "../api/client";
import type { InboxSignature } from "../api/types";
import { Glyph } from "../parts/Glyph";
import { Notice, Refused } from "../parts/Notice";
import { SkeletonLines } from "../parts/Skeleton";
import { OneOf } from "../settings/Controls";
import { Page } from "../settings/Page";
import { Row } from "../settings/Row";
import { signaturesQuery, variablesQuery } from "../settings/ready/queries";
import { SignatureForm } from "../settings/ready/SignatureForm";
import { Under } from "../settings/ready/Under";
import { useForm, type Values } from "../settings/useForm";
import { mayWrite, useMe } from "../shell/useMe";
import { useTitle } from "../shell/useTitle";

const KINDS: [string, string][] = [
  ["ours", "Everybody's"],
  ["own", "Your own"],
  ["none", "None"],
];

/** One's own is begun from everybody's. */
function valuesOf({ own, ours }: InboxSignature): Values {
  return { kind: own === null ? "ours" : own ? "own" : "none", html: own || ours || "" };
}

function shown({ kind, html }: Values, ours: string): string {
  if (kind === "none") return "";
  return kind === "own" ? String(html) : ours;
}

function Known({ inbox }: { inbox: InboxSignature }) {
  const client = useQueryClient();
  const variables = (useQuery(variablesQuery).data ?? []).filter(({ always }) => always);
  const at = `/api/inboxes/${inbox.inbox_id}/signature/mine`;
  const form = useForm(valuesOf(inbox), async (_, { kind, html }) => {
    await (kind === "ours" ? remove(at) : put(at, { html: kind === "own" ? html : "" }));
    await client.invalidateQueries({ queryKey: ["signatures"] });
    await client.invalidateQueries({ queryKey: ["signature"] });
  });
  const { values } = form;
  return (
    <>
      <Page
        label={`Your signature under replies from ${inbox.address}`}
        glyph={<Glyph channel={inbox.channel} />}
        title={inbox.address}
        says="What stands under your replies from here"
        back="/profile"
      >
        <SignatureForm
          {...{ form, variables }}
          hasWords={values.kind === "own"}
          help="It stands under your replies alone. In a single reply it can be left out."
        >
          <Row
            id="kind"
            label="Under your replies"
            isGroup
            help={inbox.ours === null ? "For everybody none is set here." : ""}
          >
            <OneOf
              id="kind"
              value={String(values.kind)}
              choices={KINDS}
              onChange={(kind) => form.set("kind", kind)}
            />
          </Row>
        </SignatureForm>
      </Page>
      <Under
        html={shown(values, inbox.ours ?? "")}
        {...{ variables }}
        inboxName={inbox.inbox_name}
        none="Nothing stands under it."
      />
    </>
  );
}

/** What stands under one's own replies from an inbox. */
export function OwnSignature() {
  const { inboxId = "" } = useParams({ strict: false });
  const writes = mayWrite(useMe());
  const { data, error, isFetchedAfterMount } = useQuery({
    ...signaturesQuery,
    enabled: writes,
    refetchOnMount: "always",
  });
  const inbox = data?.find(({ inbox_id }) => inbox_id === inboxId);
  useTitle("Your signature");
  if (inbox && isFetchedAfterMount) return <Known key={inbox.inbox_id} inbox={inbox} />;
  return (
    <Page label="Your signature" title="Your signature" back="/profile">
      {error && <Refused what="The signature could not be read." error={error} />}
      {writes && !isFetchedAfterMount && <SkeletonLines lines={6} />}
      {data && !inbox && <Notice title="There is no such inbox.">Choose another.</Notice>}
      {!writes && <Notice title="You read here.">Whoever answers nobody signs nothing.</Notice>}
    </Page>
  );
}
