import type { QueryClient } from "@tanstack/react-query";
import { keepToken, post, remove } from "../api/client";
import type { Me } from "../api/types";
import { forgetDrafts } from "../composer/drafts";

/** Sign in; throws the server's refusal. */
export async function signIn(client: QueryClient, name: string, password: string): Promise<void> {
  const me = await post<Me>("/api/session", { sign_in: name, password });
  keepToken(me.csrf);
  client.setQueryData(["session"], me);
}

/** Sign out and forget everything that was read, and every word not sent. */
export async function signOut(client: QueryClient): Promise<void> {
  const me = client.getQueryData<Me>(["session"]);
  await remove<void>("/api/session");
  forgetDrafts(me);
  forget(client);
}

function forget(client: QueryClient): void {
  client.setQueryData(["session"], null);
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
}
