import type { QueryClient } from "@tanstack/react-query";
import { keepToken, post, remove } from "../api/client";
import type { Me } from "../api/types";

/** Sign in; throws the server's refusal. */
export async function signIn(client: QueryClient, name: string, password: string): Promise<void> {
  const me = await post<Me>("/api/session", { sign_in: name, password });
  keepToken(me.csrf);
  client.setQueryData(["session"], me);
}

/** Sign out and forget everything that was read. */
export async function signOut(client: QueryClient): Promise<void> {
  await remove<void>("/api/session");
  client.clear();
  client.setQueryData(["session"], null);
}
