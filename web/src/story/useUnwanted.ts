import { useMutation, useQueryClient } from "@tanstack/react-query";
import { post } from "../api/client";
import { offerUndo } from "../shell/toasts";

/** Take a message out of the story: to quarantine, its sender blocked; for a while it can be taken back. */
export function useUnwanted(id: string, customerId: string, who: string) {
  const client = useQueryClient();
  const readAgain = () => {
    void client.invalidateQueries({ queryKey: ["customer", customerId] });
    void client.invalidateQueries({ queryKey: ["queue"] });
    void client.invalidateQueries({ queryKey: ["quarantine"] });
  };
  const undo = useMutation({
    mutationFn: (held: string) => post(`/api/quarantine/${held}/undo`),
    onSuccess: readAgain,
    onError: (error) => offerUndo(`unwanted:${id}`, `Not taken back. ${error.message}`),
  });
  return useMutation({
    mutationFn: () => post<{ id: string }>(`/api/interactions/${id}/unwanted`),
    onSuccess: (held) => {
      readAgain();
      offerUndo(`unwanted:${id}`, `In quarantine; mail of ${who} goes there too`, () => undo.mutate(held.id));
    },
  });
}
