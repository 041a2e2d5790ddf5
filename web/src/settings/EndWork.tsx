import { useQueryClient } from "@tanstack/react-query";
import { remove } from "../api/client";
import type { Agent } from "../api/types";
import { offerUndo } from "../shell/toasts";
import { InLine } from "./InLine";
import { useForm } from "./useForm";

/** The end of somebody's work here: what it means, before it is done. */
export function EndWork({ agent, onDone }: { agent: Agent; onDone: () => void }) {
  const client = useQueryClient();
  const form = useForm({}, () => remove(`/api/agents/${agent.id}`));
  const end = async () => {
    if (!(await form.save())) return;
    offerUndo(`end:${agent.id}`, `${agent.name} does not work here any more`);
    await client.invalidateQueries({ queryKey: ["agents"] });
  };
  return (
    <InLine form={form} verb={`End ${agent.name}'s work here`} isDanger onDo={end} onLeave={onDone}>
      <p>
        {agent.name} can sign in no more, at once. What they had not finished goes back to its queue; what
        they wrote stays. It cannot be undone: they would be added anew.
      </p>
    </InLine>
  );
}
