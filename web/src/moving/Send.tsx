import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button, Form } from "react-aria-components";
import { channelsQuery } from "../api/queries";
import { Refused } from "../parts/Notice";
import { inboxesQuery } from "../settings/queries";
import { sendImport } from "./send";

const share = new Intl.NumberFormat("en-GB", { style: "percent" });

/** A file, the inbox it is for, and from where else we wrote. */
export function Send() {
  const client = useQueryClient();
  const inboxes = useQuery(inboxesQuery);
  const able = useQuery(channelsQuery).data?.filter((channel) => channel.keeps_archives) ?? [];
  const choices = inboxes.data?.filter((inbox) => able.some(({ key }) => key === inbox.channel)) ?? [];
  const [sent, setSent] = useState(0);
  const send = useMutation({
    mutationFn: (form: FormData) =>
      sendImport({
        inboxId: String(form.get("inbox")),
        file: form.get("file") as File,
        ours: String(form.get("ours")).trim().replace(/\s+/g, ","),
        onShare: setSent,
      }),
    onMutate: () => setSent(0),
    onSuccess: () => client.invalidateQueries({ queryKey: ["imports"] }),
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    send.mutate(new FormData(event.currentTarget));
  };
  return (
    <Form className="movein" onSubmit={onSubmit}>
      <div className="fld">
        <label htmlFor="move-file">File</label>
        <input className="input filepick" id="move-file" name="file" type="file" required />
        <span className="help">
          An mbox, a saved message, or a zip, gzip or tar of them or of a Maildir. Google Takeout as it comes.
        </span>
      </div>
      <div className="fld">
        <label htmlFor="move-inbox">Into</label>
        <select className="input" id="move-inbox" name="inbox" required>
          {choices.map((inbox) => (
            <option key={inbox.id} value={inbox.id}>
              {inbox.name} · {inbox.address}
            </option>
          ))}
        </select>
      </div>
      <div className="fld">
        <label htmlFor="move-ours">We also wrote from</label>
        <input className="input" id="move-ours" name="ours" placeholder="hello@old-shop.example" />
        <span className="help">
          Addresses that are no inbox here, so that what they sent is shown as ours.
        </span>
      </div>
      {send.error && <Refused what="Not sent." error={send.error} />}
      <div className="row">
        <Button className="btn primary" type="submit" isPending={send.isPending}>
          Move in
        </Button>
        {send.isPending && (
          <span className="m" role="status">
            {share.format(sent)} sent
          </span>
        )}
      </div>
    </Form>
  );
}
