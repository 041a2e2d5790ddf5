import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "react-aria-components";
import { post } from "../api/client";
import { Refused } from "../parts/Notice";
import { offerUndo } from "../shell/toasts";
import { mayWrite, useMe } from "../shell/useMe";

/** Take a message out of the story: to quarantine, its sender blocked; for a while it can be taken back. */
export function Unwanted({ id, customerId, who }: { id: string; customerId: string; who: string }) {
  const client = useQueryClient();
  const writes = mayWrite(useMe());
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
  const mark = useMutation({
    mutationFn: () => post<{ id: string }>(`/api/interactions/${id}/unwanted`),
    onSuccess: (held) => {
      readAgain();
      offerUndo(`unwanted:${id}`, `In quarantine; mail of ${who} goes there too`, () => undo.mutate(held.id));
    },
  });
  if (!writes) return null;
  return (
    <>
      {mark.error && <Refused what="Not marked." error={mark.error} />}
      <Button className="aslink xs" isPending={mark.isPending} onPress={() => mark.mutate()}>
        Spam
      </Button>
    </>
  );
}
