import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import {
  Autocomplete,
  Button,
  Dialog,
  DialogTrigger,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Popover,
  SearchField,
} from "react-aria-components";
import { post } from "../api/client";
import { macrosQuery } from "../api/queries";
import type { Filled, Macro } from "../api/types";
import { Icon } from "../parts/Icon";
import { Refused } from "../parts/Notice";

type Props = {
  conversationId: string;
  isOpen: boolean;
  setOpen: (isOpen: boolean) => void;
  onChosen: (filled: Filled) => void;
};

const holds = (words: string, wanted: string) =>
  words.toLocaleLowerCase().includes(wanted.trim().toLocaleLowerCase());

/** Words as they are read, without what is filled in. */
const said = (words: string) => words.replace(/(?:\{\{[^{}]*\}\}|\s)+/g, " ");

/** By folder, in the order they come. */
function folders(macros: Macro[]): [string, Macro[]][] {
  const found = new Map<string, Macro[]>();
  for (const macro of macros) found.set(macro.folder, [...(found.get(macro.folder) ?? []), macro]);
  return [...found];
}

function Inside({ conversationId, setOpen, onChosen }: Omit<Props, "isOpen">) {
  const [wanted, setWanted] = useState("");
  const { data = [], error, isPending } = useQuery(macrosQuery(conversationId));
  const fill = useMutation({
    mutationFn: (id: string) => post<Filled>(`/api/conversations/${conversationId}/macros/${id}`),
    onSuccess: (filled) => {
      setOpen(false);
      window.setTimeout(() => onChosen(filled));
    },
  });
  const found = data.filter(({ name, folder, beginning }) =>
    [name, folder, said(beginning)].some((words) => holds(words, wanted)),
  );
  return (
    <Autocomplete inputValue={wanted} onInputChange={setWanted}>
      <SearchField aria-label="Find ready words" autoFocus>
        <Input className="input" placeholder="Find ready words" />
      </SearchField>
      {error && <Refused what="The ready words could not be read." error={error} />}
      {fill.error && <Refused what="These words could not be filled in." error={fill.error} />}
      <Menu
        className="items"
        aria-label="Ready words"
        onAction={(id) => fill.mutate(String(id))}
        shouldCloseOnSelect={false}
        renderEmptyState={() => (
          <p className="item m">
            {isPending ? "Reading" : wanted ? `None has “${wanted}”.` : "None are kept yet."}
          </p>
        )}
      >
        {folders(found).map(([folder, macros]) => (
          <MenuSection key={folder} aria-label={folder || "Without a folder"}>
            {folder && <Header className="qgroup">{folder}</Header>}
            {macros.map(({ id, name }) => (
              <MenuItem key={id} id={id} textValue={name} className="item">
                <span className="cut">{name}</span>
              </MenuItem>
            ))}
          </MenuSection>
        ))}
      </Menu>
    </Autocomplete>
  );
}

/** Ready words, with what they say of this customer and order filled in. */
export function Macros(props: Props) {
  return (
    <DialogTrigger isOpen={props.isOpen} onOpenChange={props.setOpen}>
      <Button className="btn sm quiet ico" aria-label="Ready words">
        <Icon name="spark" />
      </Button>
      <Popover className="pop macros" placement="top start">
        <Dialog aria-label="Ready words">
          <Inside {...props} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
