import type { QueryClient } from "@tanstack/react-query";
import type { OwnDraft } from "../api/types";

/** Read the list of one's drafts again where it does not say of this conversation what is so now. */
export function listed(client: QueryClient, conversationId: string, isThere: boolean): void {
  const known = client.getQueryData<OwnDraft[]>(["drafts"]);
  if (known?.some((each) => each.conversation_id === conversationId) !== isThere)
    void client.invalidateQueries({ queryKey: ["drafts"] });
}
