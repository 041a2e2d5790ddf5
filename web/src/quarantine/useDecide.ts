import { useMutation, useQueryClient } from "@tanstack/react-query";
import { post } from "../api/client";
import type { QuarantinePage } from "../api/types";
import { offerUndo } from "../shell/toasts";

export type Held = QuarantinePage["rows"][number];
type Verdict = "release" | "confirm" | "undo";

/** Say what one is; what was confirmed can be taken back. */
export function useDecide(row: Held) {
  const client = useQueryClient();
  const decide = useMutation({
    mutationFn: (verdict: Verdict) => post(`/api/quarantine/${row.id}/${verdict}`),
    onSuccess: (_, verdict) => {
      void client.invalidateQueries({ queryKey: ["quarantine"] });
      const who = row.sender_name || row.sender_value;
      if (verdict === "release") offerUndo(row.id, `On its way to the desk; ${who} is trusted from now on`);
      if (verdict === "confirm") offerUndo(row.id, `Spam: ${who}`, () => decide.mutate("undo"));
    },
  });
  return decide;
}
