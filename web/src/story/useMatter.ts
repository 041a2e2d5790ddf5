import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { post } from "../api/client";
import type { Conversation, Side } from "../api/types";
import { offerUndo } from "../shell/toasts";
import { useOpenConversation } from "../shell/useOpen";

function readAgain(client: QueryClient): Promise<unknown> {
  const names = ["queue", "conversation", "customer", "links", "draft", "drafts"];
  return Promise.all(names.map((name) => client.invalidateQueries({ queryKey: [name] })));
}

/** End a join: both stand as they would without it. */
export function useSeparate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ link, choices = {} }: { link: string; choices?: Record<string, Side> }) =>
      post(`/api/joins/${link}/undo`, { choices }),
    onSuccess: () => {
      offerUndo("join", "Apart again");
      return readAgain(client);
    },
    onError: (error) => offerUndo("join", `Not taken apart. ${error.message}`),
  });
}

/** Make this one matter with another, or answer that it is: the joined one is opened, and can be undone. */
export function useJoin(id: string) {
  const client = useQueryClient();
  const open = useOpenConversation();
  const separate = useSeparate();
  return useMutation({
    mutationFn: ({ other, isAnswer }: { other: string | null; isAnswer?: boolean }) =>
      isAnswer
        ? post<Conversation>(`/api/conversations/${id}/same-matter`, { same_as: other })
        : post<Conversation>(`/api/conversations/${id}/join`, { with: other }),
    onSuccess: async (joined, { other }) => {
      client.setQueryData(["conversation", joined.id], joined);
      open(joined.id);
      const link = joined.joined?.[0]?.link_id;
      if (other && link) offerUndo("join", `One matter: ${joined.matter}`, () => separate.mutate({ link }));
      await readAgain(client);
    },
  });
}

/** Put back what was split off. */
export function useUnsplit() {
  const client = useQueryClient();
  const open = useOpenConversation();
  return useMutation({
    mutationFn: (id: string) => post<Conversation>(`/api/conversations/${id}/unsplit`),
    onSuccess: async (whole) => {
      client.setQueryData(["conversation", whole.id], whole);
      open(whole.id);
      offerUndo("split", "Together again");
      await readAgain(client);
    },
    onError: (error) => offerUndo("split", `Not put back. ${error.message}`),
  });
}

/** Make a message, and what was said after it, a matter of its own; that one is opened. */
export function useSplit(id: string) {
  const client = useQueryClient();
  const open = useOpenConversation();
  const unsplit = useUnsplit();
  return useMutation({
    mutationFn: (from: string) => post<Conversation>(`/api/conversations/${id}/split`, { from }),
    onSuccess: async (made) => {
      client.setQueryData(["conversation", made.id], made);
      open(made.id);
      offerUndo("split", `A matter of its own: ${made.matter}`, () => unsplit.mutate(made.id));
      await readAgain(client);
    },
  });
}
