import { useIsMutating, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { remove, upload } from "../api/client";
import { draftQuery } from "../api/queries";
import type { Kept, KeptFile } from "../api/types";
import { listed } from "./listed";

type Taken = { file: File; inline: boolean };

/** The files of one's draft: those that arrived, and what is on its way. */
export function useFiles(conversationId: string, onPicture: (file: KeptFile) => void) {
  const client = useQueryClient();
  const { data } = useQuery(draftQuery(conversationId));
  const at = `/api/conversations/${conversationId}/draft/attachments`;
  const keep = (change: (files: KeptFile[]) => KeptFile[]) =>
    client.setQueryData<Kept | null>(
      ["draft", conversationId],
      (draft) => draft && { ...draft, attachments: change(draft.attachments) },
    );
  const mutationKey = ["attach", conversationId];
  const add = useMutation({
    mutationKey,
    mutationFn: ({ file, inline }: Taken) =>
      upload<KeptFile>(`${at}?name=${encodeURIComponent(file.name || "picture.png")}&inline=${inline}`, file),
    onSuccess: async (file) => {
      if (client.getQueryData(["draft", conversationId])) keep((files) => [...files, file]);
      else await client.invalidateQueries({ queryKey: ["draft", conversationId] });
      listed(client, conversationId, true);
      if (file.inline) onPicture(file);
    },
  });
  const drop = useMutation({
    mutationFn: (id: string) => remove(`${at}/${id}`),
    onSuccess: (_, id) => keep((files) => files.filter((file) => file.id !== id)),
  });
  const files = data?.attachments ?? [];
  const take = (chosen: File[], inline: boolean) => {
    for (const file of chosen) add.mutate({ file, inline });
  };
  const isBusy = useIsMutating({ mutationKey }) > 0;
  return { files, take, drop: drop.mutate, error: add.error ?? drop.error, isBusy };
}

export type Files = ReturnType<typeof useFiles>;
