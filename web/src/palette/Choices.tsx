import { Header, MenuItem, MenuSection } from "react-aria-components";
import { keyWords } from "../keys/listen";
import { Icon } from "../parts/Icon";
import type { ChoiceGroup } from "./useChoices";

function Marked({ text, words }: { text: string; words: string }) {
  const at = words ? text.toLocaleLowerCase().indexOf(words.toLocaleLowerCase()) : -1;
  if (at < 0) return <span>{text}</span>;
  return (
    <span>
      {text.slice(0, at)}
      <b>{text.slice(at, at + words.length)}</b>
      {text.slice(at + words.length)}
    </span>
  );
}

/** One group of what was found. */
export function Choices({ group, words }: { group: ChoiceGroup; words: string }) {
  return (
    <MenuSection>
      <Header className="qgroup">{group.name}</Header>
      {group.choices.map(({ id, icon, text, aside, key, run }) => (
        <MenuItem className="item" key={id} id={id} textValue={text} onAction={run}>
          <Icon name={icon} />
          <Marked text={text} words={words} />
          <span className="end m xs">{key ? <kbd>{keyWords(key)}</kbd> : aside}</span>
        </MenuItem>
      ))}
    </MenuSection>
  );
}
