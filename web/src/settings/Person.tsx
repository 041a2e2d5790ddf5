import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Button } from "react-aria-components";
import { put } from "../api/client";
import type { Agent, Role } from "../api/types";
import { Refused } from "../parts/Notice";
import { offerUndo } from "../shell/toasts";
import { useMe } from "../shell/useMe";
import { initials } from "../words/name";
import { Listed } from "./Controls";
import { EndWork } from "./EndWork";
import { GivePassword } from "./GivePassword";
import { ROLES, roleWords } from "./roles";

function RoleOf({ agent }: { agent: Agent }) {
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (role: Role) => put<Agent>(`/api/agents/${agent.id}/role`, { role }),
    onSuccess: (now, role) => {
      client.setQueryData<Agent[]>(["agents"], (all) =>
        all?.map((each) => (each.id === now.id ? now : each)),
      );
      const undo = role === agent.role ? undefined : () => change.mutate(agent.role);
      offerUndo(`role:${agent.id}`, `${agent.name} is ${roleWords(role)} from now on`, undo);
    },
  });
  return (
    <>
      <Listed
        id={`role-${agent.id}`}
        label={`Role of ${agent.name}`}
        value={change.isPending ? (change.variables ?? agent.role) : agent.role}
        choices={ROLES}
        onChange={(role) => change.mutate(role as Role)}
      />
      {change.error && <Refused what="The role stays." error={change.error} />}
    </>
  );
}

type Open = "password" | "end" | null;

/** Somebody who works here: role, a new password, the end of their work. */
export function Person({ agent }: { agent: Agent }) {
  const isMe = useMe()?.agent_id === agent.id;
  const [open, setOpen] = useState<Open>(null);
  const opener = useRef<HTMLButtonElement | null>(null);
  const buttons = useRef<HTMLSpanElement>(null);
  const close = () => setOpen(null);
  useEffect(() => {
    if (open === null) opener.current?.focus();
  }, [open]);
  const toggle = (which: "password" | "end") => {
    opener.current = buttons.current?.querySelector<HTMLButtonElement>(`[data-opens=${which}]`) ?? null;
    setOpen(open === which ? null : which);
  };
  return (
    <li>
      <div className="setrow person">
        <span className="ava" aria-hidden="true">
          {initials(agent.name)}
        </span>
        <span className="cut">
          <b>{agent.name}</b> {isMe && <span className="tag">you</span>}
          <bdi className="m sub">{agent.sign_in}</bdi>
        </span>
        <RoleOf agent={agent} />
        <span className="row acts" ref={buttons}>
          {!isMe && (
            <>
              <Button
                className="btn sm"
                data-opens="password"
                aria-expanded={open === "password"}
                onPress={() => toggle("password")}
              >
                Set password<span className="sr"> of {agent.name}</span>
              </Button>
              <Button
                className="btn sm danger"
                data-opens="end"
                aria-expanded={open === "end"}
                onPress={() => toggle("end")}
              >
                End<span className="sr"> the work of {agent.name}</span>
              </Button>
            </>
          )}
        </span>
      </div>
      {open === "password" && <GivePassword agent={agent} onDone={close} />}
      {open === "end" && <EndWork agent={agent} onDone={close} />}
    </li>
  );
}
