import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent, ReactNode } from "react";
import { Button, Form, Input, Label, TextField } from "react-aria-components";
import { Icon } from "../parts/Icon";
import { Refused } from "../parts/Notice";
import { signIn } from "../shell/session";

/** The door: sign-in name and password. */
export function SignIn({ notice }: { notice?: ReactNode }) {
  const client = useQueryClient();
  const enter = useMutation({
    mutationFn: (form: FormData) => signIn(client, String(form.get("sign_in")), String(form.get("password"))),
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    enter.mutate(new FormData(event.currentTarget));
  };
  return (
    <main className="door">
      <Form className="doorsheet" onSubmit={onSubmit}>
        <span className="logo">
          <Icon name="door" />
        </span>
        <h1>Doorstep</h1>
        <p className="m">Everything a customer said and everything the shop knows, as one story.</p>
        {notice}
        <TextField className="doorfield" name="sign_in" autoComplete="username" isRequired autoFocus>
          <Label>Sign-in name</Label>
          <Input className="input" />
        </TextField>
        <TextField
          className="doorfield"
          name="password"
          type="password"
          autoComplete="current-password"
          isRequired
        >
          <Label>Password</Label>
          <Input className="input" />
        </TextField>
        {enter.error && <Refused what="Not signed in." error={enter.error} />}
        <Button className="btn primary" type="submit" isPending={enter.isPending}>
          Sign in
        </Button>
      </Form>
    </main>
  );
}
