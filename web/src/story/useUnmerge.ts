import { useMutation, useQueryClient } from "@tanstack/react-query";
import { post } from "../api/client";
import type { Link, Side } from "../api/types";
import { offerUndo } from "../shell/toasts";

/** End a merge: both stand as if they had never been one. */
export function useUnmerge() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ link, choices = {} }: { link: string; choices?: Record<string, Side> }) =>
      post<Link>(`/api/links/${link}/unmerge`, { choices }),
    onSuccess: ({ one_name, other_name }) => {
      offerUndo("merge", `${one_name} and ${other_name} are two again`);
      return client.invalidateQueries();
    },
    onError: (error) => offerUndo("merge", `Not taken apart. ${error.message}`),
  });
}
