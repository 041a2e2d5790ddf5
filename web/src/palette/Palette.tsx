import { useState } from "react";
import { Autocomplete, Dialog, Input, Menu, Modal, ModalOverlay, SearchField } from "react-aria-components";
import { Icon } from "../parts/Icon";
import { openDialog, useDialog } from "../shell/dialogs";
import { Choices } from "./Choices";
import { useChoices } from "./useChoices";

function Inside() {
  const [words, setWords] = useState("");
  const { groups, isSearching } = useChoices(words);
  const nothing = words.length > 1 && !isSearching;
  return (
    <Autocomplete inputValue={words} onInputChange={setWords}>
      <SearchField className="palhead" aria-label="Find anyone, any order, any verb" autoFocus>
        <Icon name="search" />
        <Input className="palinput" placeholder="A name, an address, an order, or what to do" />
      </SearchField>
      <Menu
        className="items"
        aria-label="Found"
        renderEmptyState={() => (
          <p className="item m">{nothing ? `Nothing is called “${words}”.` : "Searching"}</p>
        )}
        onAction={() => openDialog(null)}
      >
        {groups.map((group) => (
          <Choices key={group.name} group={group} words={words} />
        ))}
      </Menu>
    </Autocomplete>
  );
}

/** Anything by name: a person, an order, a verb with its key. The one modal there is. */
export function Palette() {
  const isOpen = useDialog() === "palette";
  return (
    <ModalOverlay className="scrim" isDismissable isOpen={isOpen} onOpenChange={() => openDialog(null)}>
      <Modal className="toast pal">
        <Dialog aria-label="Find">
          <Inside />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
