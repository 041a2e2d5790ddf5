import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "react-aria-components";
import { post } from "../api/client";
import type { ErasurePreview } from "../api/types";
import { Notice, Refused } from "../parts/Notice";

const WORDS: Record<string, string> = {
  records: "Records of this person",
  addresses: "Addresses",
  messages: "Messages and notes",
  attachments: "Files",
  copies: "Copies by other inboxes",
  waiting: "Messages held back or undelivered",
  conversations: "Conversations, of which only the dates stay",
  drafts: "Drafts",
  orders: "Orders, of which amounts and dates stay",
  choices: "Choices",
};

type Props = { customerId: string; preview: ErasurePreview };

/** What would go, and the name to type before it does. */
export function Erase({ customerId, preview }: Props) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const erasing = useMutation({
    mutationFn: () => post(`/api/customers/${customerId}/erasure`, { name, state: preview.state }),
    onSuccess: async () => {
      await navigate({ to: "/", search: {} });
      client.removeQueries({ queryKey: ["customer", customerId] });
      await client.invalidateQueries();
    },
    onError: () => client.invalidateQueries({ queryKey: ["erasure", customerId] }),
  });
  const isNamed = name.trim() !== "" && name.trim() === preview.name.trim();
  return (
    <>
      <table className="t counted">
        <tbody>
          {Object.entries(preview.counts)
            .filter(([, count]) => count > 0)
            .map(([kind, count]) => (
              <tr key={kind}>
                <th scope="row">{WORDS[kind] ?? kind}</th>
                <td className="num">{count.toLocaleString("en-GB")}</td>
              </tr>
            ))}
        </tbody>
      </table>
      <p>
        It cannot be undone. What others wrote about them stays in others' stories, and so do figures and
        dates. A backup that is restored later is erased again.
      </p>
      {preview.blocked && (
        <Notice tone="soon" title="Not now.">
          {preview.blocked}
        </Notice>
      )}
      {erasing.error && <Refused what="Nothing was erased." error={erasing.error} />}
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          if (isNamed) erasing.mutate();
        }}
      >
        <label htmlFor="erase-name">Type the name to confirm</label>
        <input
          id="erase-name"
          className="input"
          autoComplete="off"
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <Button
          type="submit"
          className="btn danger"
          isDisabled={!isNamed || Boolean(preview.blocked) || erasing.isPending}
        >
          Erase for good
        </Button>
      </form>
    </>
  );
}
