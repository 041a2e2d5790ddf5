import { useMutation } from "@tanstack/react-query";
import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { save } from "../api/save";
import { draftKey, keepDraft } from "../composer/drafts";
import { Icon } from "../parts/Icon";
import type { IconName } from "../parts/icons";
import { Refused } from "../parts/Notice";
import { mayWrite, useMe } from "../shell/useMe";
import type { EntryProps } from "./Entry";
import { useSplit } from "./useMatter";
import { useUnwanted } from "./useUnwanted";

type Item = { words: string; icon: IconName; run: () => void };

/** What else can be done with a message; what failed of it is said beside it. */
export function More({ entry, view, isBright, who, open }: EntryProps & { who: string }) {
  const me = useMe();
  const unwanted = useUnwanted(entry.id, view.customer.id, who);
  const splitFrom = useSplit(open?.id ?? "");
  const original = useMutation({ mutationFn: () => save(`/api/interactions/${entry.id}/original`) });
  const writes = isBright && mayWrite(me);
  const cameIn = entry.direction === "in";
  const conversation = entry.conversation_id;
  const items: Item[] = [];
  if (writes && conversation) {
    const passOn = () => keepDraft(draftKey(me, conversation), { mode: "forward", of: entry.id, to: "" });
    items.push({ words: "Pass on", icon: "forward", run: passOn });
  }
  if (cameIn) items.push({ words: "Original", icon: "save", run: original.mutate });
  if (writes && conversation && conversation === open?.id)
    items.push({ words: "Split from here", icon: "link", run: () => splitFrom.mutate(entry.id) });
  if (writes && cameIn) items.push({ words: "Spam", icon: "filter", run: unwanted.mutate });
  if (items.length === 0) return null;
  return (
    <>
      {unwanted.error && <Refused what="Not marked." error={unwanted.error} />}
      {splitFrom.error && <Refused what="Not split." error={splitFrom.error} />}
      {original.error && <Refused what="Not saved." error={original.error} />}
      <MenuTrigger>
        <Button className="aslink xs" isPending={unwanted.isPending || original.isPending}>
          More
        </Button>
        <Popover className="toast menu small" placement="bottom end">
          <Menu className="items" aria-label={`More with what ${who} said`}>
            {items.map(({ words, icon, run }) => (
              <MenuItem className="item" key={words} id={words} textValue={words} onAction={run}>
                <Icon name={icon} />
                {words}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
    </>
  );
}
