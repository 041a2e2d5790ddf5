import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { post } from "../api/client";
import { mentionsQuery } from "../api/queries";
import type { Mention } from "../api/types";
import { now } from "../live/clock";
import { Icon } from "../parts/Icon";
import { ago } from "../words/time";
import { useOpenConversation } from "./useOpen";

function Row({ of: mention }: { of: Mention }) {
  return (
    <span className="named">
      <span className="row">
        {!mention.seen_at && <span className="dot soon" />}
        <b>{mention.by_name}</b>
        <span className="m cut">
          about <bdi>{mention.customer_name || mention.matter}</bdi>
        </span>
        <span className="m end">{ago(mention.at, now())}</span>
      </span>
      <bdi className="cut">{mention.beginning}</bdi>
    </span>
  );
}

/** The notes that name us; one that is opened has been seen. */
export function Bell() {
  const { data } = useQuery(mentionsQuery);
  const client = useQueryClient();
  const open = useOpenConversation();
  const see = useMutation({
    mutationFn: (id: string) => post(`/api/mentions/${id}/seen`),
    onSettled: () => client.invalidateQueries({ queryKey: mentionsQuery.queryKey }),
  });
  const rows = data?.rows ?? [];
  const unseen = data?.unseen ?? 0;
  const choose = (mention: Mention) => {
    if (!mention.seen_at) see.mutate(mention.id);
    open(mention.conversation_id);
  };
  return (
    <MenuTrigger>
      <Button className="btn quiet bell" aria-label={`Notes that name you, ${unseen} not seen`}>
        <Icon name="bell" />
        {unseen > 0 && <b>{unseen > 99 ? "99+" : unseen}</b>}
      </Button>
      <Popover className="toast menu mentions" placement="bottom end">
        <Menu
          className="items"
          aria-label="Notes that name you"
          renderEmptyState={() => <p className="q m">No note names you. Write @ and a name in one.</p>}
        >
          {rows.map((mention) => (
            <MenuItem
              className="item"
              key={mention.id}
              id={mention.id}
              textValue={`${mention.by_name}: ${mention.beginning}`}
              onAction={() => choose(mention)}
            >
              <Row of={mention} />
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
