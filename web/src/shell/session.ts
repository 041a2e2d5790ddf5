import type { QueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { keepToken, post, remove } from "../api/client";
import type { Me } from "../api/types";
import { forgetDrafts } from "../composer/drafts";
import { allNow } from "../composer/later";
import { hear, say } from "../live/tabs";

/** Sign in, in every tab; throws the server's refusal. */
export async function signIn(client: QueryClient, name: string, password: string): Promise<void> {
  const me = await post<Me>("/api/session", { sign_in: name, password });
  keepToken(me.csrf);
  forgetRead(client);
  client.setQueryData(["session"], me);
  say({ say: "who" });
}

/** Sign out in every tab, and forget everything that was read, and every word not sent. */
export async function signOut(): Promise<void> {
  await allNow();
  await remove<void>("/api/session");
  say({ say: "out" });
}

/** Keep to what any tab says of who is signed in. */
export function useSharedSession(client: QueryClient): void {
  useEffect(
    () =>
      hear((word) => {
        if (word.say === "who") void client.invalidateQueries({ queryKey: ["session"] });
        if (word.say === "out") leave(client);
      }),
    [client],
  );
}

function leave(client: QueryClient): void {
  forgetDrafts(client.getQueryData<Me | null>(["session"]) ?? undefined);
  client.setQueryData(["session"], null);
  forgetRead(client);
}

function forgetRead(client: QueryClient): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
}
