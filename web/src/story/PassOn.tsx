import { Button } from "react-aria-components";
import type { StoryEntry } from "../api/types";
import { draftKey, keepDraft } from "../composer/drafts";
import { mayWrite, useMe } from "../shell/useMe";

/** Pass a message on to somebody else, from the composer. */
export function PassOn({ entry }: { entry: StoryEntry }) {
  const me = useMe();
  const id = entry.conversation_id;
  if (!id || !mayWrite(me)) return null;
  const begin = () => keepDraft(draftKey(me, id), { mode: "forward", of: entry.id, to: "" });
  return (
    <Button className="aslink xs" onPress={begin}>
      Pass on
    </Button>
  );
}
