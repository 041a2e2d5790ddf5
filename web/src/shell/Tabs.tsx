import { Link, useNavigate } from "@tanstack/react-router";
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from "react-aria-components";
import { useAllVerbs } from "../keys/verbs";
import { Icon } from "../parts/Icon";
import type { DeskSearch, Pane } from "../router";
import { useDeskSearch } from "./useOpen";

const PANES = [
  { pane: "queue", icon: "desk", words: "Queue", mark: "queue-t" },
  { pane: "story", icon: "note", words: "Story", mark: "story" },
  { pane: "facts", icon: "user", words: "Facts", mark: "facts-t" },
] as const;

function More() {
  const verbs = useAllVerbs().filter((verb) => !verb.hidden || verb.id === "find");
  const groups = [...new Set(verbs.map(({ group }) => group))];
  return (
    <MenuTrigger>
      <Button className="tab">
        <Icon name="more" />
        More
      </Button>
      <Popover className="toast menu" placement="top end">
        <Menu className="items" aria-label="More">
          {groups.map((group) => (
            <MenuSection key={group}>
              <Header className="qgroup">{group}</Header>
              {verbs
                .filter((verb) => verb.group === group)
                .map((verb) => (
                  <MenuItem className="item" key={verb.id} id={verb.id} onAction={verb.run}>
                    <Icon name={verb.icon} />
                    {verb.words}
                  </MenuItem>
                ))}
            </MenuSection>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

/** A phone's way between the panes, with words. */
export function Tabs() {
  const { pane } = useDeskSearch();
  const navigate = useNavigate();
  const go = (to: Pane) =>
    void navigate({ to: ".", search: (was: DeskSearch) => ({ ...was, pane: to }), replace: true });
  return (
    <nav className="tabs" aria-label="Panes">
      {PANES.map(({ pane: name, icon, words, mark }) => (
        <Link
          key={name}
          className={mark}
          to="."
          search={(was: DeskSearch) => ({ ...was, pane: name })}
          aria-current={pane === name ? "page" : undefined}
          onClick={(event) => {
            event.preventDefault();
            go(name);
          }}
        >
          <Icon name={icon} />
          {words}
        </Link>
      ))}
      <More />
    </nav>
  );
}
