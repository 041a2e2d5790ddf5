import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from "react-aria-components";
import type { Variable } from "../../api/types";
import { Icon } from "../../parts/Icon";

type Props = { variables: Variable[]; onChosen: (name: string) => void };

const GROUPS = [
  { words: "Of the customer and the order", isAlways: false },
  { words: "Always known", isAlways: true },
];

/** What can be filled in, to be put where the cursor stands. */
export function Insert({ variables, onChosen }: Props) {
  const groups = GROUPS.map(({ words, isAlways }) => ({
    words,
    of: variables.filter(({ always }) => (always ?? false) === isAlways),
  })).filter(({ of }) => of.length > 0);
  return (
    <MenuTrigger>
      <Button className="btn sm quiet insert">
        <Icon name="plus" />
        Fill in
      </Button>
      <Popover className="toast menu variables" placement="bottom end">
        <Menu
          className="items"
          aria-label="What is filled in"
          onAction={(name) => window.setTimeout(() => onChosen(String(name)))}
        >
          {groups.map(({ words, of }) => (
            <MenuSection key={words} aria-label={words}>
              <Header className="qgroup">{words}</Header>
              {of.map(({ name, words: said, example }) => (
                <MenuItem key={name} id={name} textValue={said} className="item">
                  <span className="grow">{said}</span>
                  <bdi className="m xs">{example}</bdi>
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
