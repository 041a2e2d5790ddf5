import { useQuery } from "@tanstack/react-query";
import { presenceQuery } from "../api/queries";
import { Icon } from "../parts/Icon";
import { useMe } from "../shell/useMe";
import { useBeing, useTyping } from "./useBeing";

/** Who else has this conversation before them now. `words`: what we are writing. */
export function Others({ conversationId, words }: { conversationId: string; words: string }) {
  const me = useMe();
  useBeing(conversationId, useTyping(words));
  const { data = [] } = useQuery(presenceQuery(conversationId));
  const others = data.filter(({ agent_id }) => agent_id !== me?.agent_id);
  const said = others.map(({ name, writing }) => `${name} is ${writing ? "writing" : "reading"}`);
  return (
    <div className="others" role="status">
      {said.length > 0 && (
        <p className="assist">
          <Icon name="eye" /> <span className="cut">{said.join(", ")} here too</span>
        </p>
      )}
    </div>
  );
}
