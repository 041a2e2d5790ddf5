import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "react-aria-components";
import { post } from "../api/client";
import { save } from "../api/save";
import { Refused } from "../parts/Notice";
import { offerUndo } from "../shell/toasts";
import { mayWrite, useMe } from "../shell/useMe";
import type { Waiting } from "./Failed";

/** Save it as it came, or send it through again. */
export function Again({ row }: { row: Waiting }) {
  const client = useQueryClient();
  const writes = mayWrite(useMe());
  const original = useMutation({ mutationFn: () => save(`/api/undelivered/${row.id}/original`) });
  const replay = useMutation({
    mutationFn: () => post(`/api/undelivered/${row.id}/replay`),
    onSuccess: () => {
      offerUndo(`replay:${row.id}`, `On its way again to ${row.inbox_name || "its inbox"}`);
      void client.invalidateQueries({ queryKey: ["undelivered"] });
      void client.invalidateQueries({ queryKey: ["reconciliation"] });
    },
  });
  return (
    <div className="decide">
      {replay.error && <Refused what="Not sent again." error={replay.error} />}
      {original.error && <Refused what="Not saved." error={original.error} />}
      <Button className="btn sm" isPending={original.isPending} onPress={() => original.mutate()}>
        Original
      </Button>
      {writes && (
        <Button className="btn sm" isPending={replay.isPending} onPress={() => replay.mutate()}>
          Try again
        </Button>
      )}
    </div>
  );
}
