import { post } from "../api/client";
import type { Agent } from "../api/types";
import { offerUndo } from "../shell/toasts";
import { TextLine } from "./Controls";
import { InLine } from "./InLine";
import { Row } from "./Row";
import { useForm } from "./useForm";

/** A password for somebody who has forgotten theirs. */
export function GivePassword({ agent, onDone }: { agent: Agent; onDone: () => void }) {
  const form = useForm({ password: "" }, ({ password }) =>
    post(`/api/agents/${agent.id}/password`, { password: password ?? "" }),
  );
  const give = async () => {
    if (!(await form.save())) return;
    offerUndo(`password:${agent.id}`, `${agent.name} has a new password`);
    onDone();
  };
  return (
    <InLine form={form} verb="Set it" onDo={give} onLeave={onDone}>
      <Row
        id={`password-${agent.id}`}
        label={`New password of ${agent.name}`}
        help="10 characters or more. It ends their sessions and lets them in once, to choose their own."
        fault={form.faults.password}
      >
        <TextLine
          id={`password-${agent.id}`}
          type="password"
          value={String(form.values.password ?? "")}
          onChange={(to) => form.set("password", to)}
          isBad={"password" in form.faults}
        />
      </Row>
    </InLine>
  );
}
