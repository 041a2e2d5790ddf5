import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { Button, Form, Input, Label, TextField } from "react-aria-components";
import { post } from "../api/client";
import { Icon } from "../parts/Icon";
import { Refused } from "../parts/Notice";

/** Somebody else chose the password: one's own is chosen before anything else. */
export function NewPassword() {
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (form: FormData) =>
      post("/api/session/password", { current: String(form.get("current")), new: String(form.get("new")) }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["session"] }),
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    change.mutate(new FormData(event.currentTarget));
  };
  return (
    <main className="door">
      <Form className="doorsheet" onSubmit={onSubmit}>
        <span className="logo">
          <Icon name="door" />
        </span>
        <h1>Choose a password</h1>
        <p className="m">An administrator chose the one you have. Choose your own to go on.</p>
        <TextField
          className="doorfield"
          name="current"
          type="password"
          autoComplete="current-password"
          isRequired
          autoFocus
        >
          <Label>Password you were given</Label>
          <Input className="input" />
        </TextField>
        <TextField className="doorfield" name="new" type="password" autoComplete="new-password" isRequired>
          <Label>Your own password, 10 characters or more</Label>
          <Input className="input" />
        </TextField>
        {change.error && <Refused what="Not changed." error={change.error} />}
        <Button className="btn primary" type="submit" isPending={change.isPending}>
          Go on
        </Button>
      </Form>
    </main>
  );
}
