import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { Button } from "react-aria-components";
import { post } from "../api/client";
import { Refused } from "../parts/Notice";
import { offerUndo } from "../shell/toasts";
import { Listed, TextLine } from "./Controls";
import { Row } from "./Row";
import { ROLES } from "./roles";
import { useForm } from "./useForm";

const NOBODY = { name: "", sign_in: "", role: "agent", password: "" };
const WORDS = {
  name: ["Name", "As colleagues and customers see it."],
  sign_in: ["Sign-in name", "Often the mail address. It cannot be changed."],
  password: ["First password", "10 characters or more. They choose their own when they sign in."],
} as const;

/** Beside the list: somebody new. */
export function AddSomebody() {
  const client = useQueryClient();
  const place = useRef<HTMLFormElement>(null);
  const form = useForm(NOBODY, async (changed) => {
    const agent = { ...NOBODY, ...changed };
    await post("/api/agents", agent);
    offerUndo(`add:${agent.sign_in}`, `${agent.name} works here from now on`);
    await client.invalidateQueries({ queryKey: ["agents"] });
  });
  const { error, faults, values } = form;
  useEffect(() => {
    if (error) place.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [error]);
  const line = (field: keyof typeof WORDS) => (
    <Row id={`new-${field}`} label={WORDS[field][0]} help={WORDS[field][1]} fault={faults[field]}>
      <TextLine
        id={`new-${field}`}
        type={field === "password" ? "password" : "text"}
        value={String(values[field])}
        onChange={(to) => form.set(field, to)}
        isBad={field in faults}
      />
    </Row>
  );
  return (
    <aside aria-label="Add somebody" data-pane-name="beside" tabIndex={-1}>
      <header className="vhead">
        <h1 className="grow">Add somebody</h1>
      </header>
      <form
        className="besidebody stacked"
        ref={place}
        onSubmit={(event) => {
          event.preventDefault();
          void form.save().then((isDone) => isDone && form.begin(NOBODY));
        }}
      >
        {error !== null && Object.keys(faults).length === 0 && <Refused what="Not added." error={error} />}
        {line("name")}
        {line("sign_in")}
        <Row id="new-role" label="Role" help="What they may do; it can be changed." fault={faults.role}>
          <Listed
            id="new-role"
            value={String(values.role)}
            choices={ROLES}
            onChange={(to) => form.set("role", to)}
          />
        </Row>
        {line("password")}
        <Button className="btn primary" type="submit" isPending={form.isSaving}>
          Add
        </Button>
      </form>
    </aside>
  );
}
