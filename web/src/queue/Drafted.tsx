import { useQuery } from "@tanstack/react-query";
import { draftsQuery } from "../api/queries";
import type { OwnDraft } from "../api/types";
import { mayWrite, useMe } from "../shell/useMe";

/** Says that I have begun to write there. */
export function Drafted({ conversationId }: { conversationId: string }) {
  const isAsked = mayWrite(useMe());
  const select = (drafts: OwnDraft[]) => drafts.some((each) => each.conversation_id === conversationId);
  const { data: isThere } = useQuery({ ...draftsQuery, enabled: isAsked, select });
  return isThere && <span className="tag">Draft</span>;
}
