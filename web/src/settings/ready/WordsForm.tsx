import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { Variable } from "../../api/types";
import { Refused } from "../../parts/Notice";
import { OneOf, OnOff, TextLine } from "../Controls";
import { inboxesQuery } from "../queries";
import { Row } from "../Row";
import { SaveBar } from "../SaveBar";
import type { Form } from "../useForm";
import { For } from "./For";
import { allMacrosQuery } from "./queries";
import { WordsField } from "./WordsField";
import { AFTER } from "./words";

type Props = { form: Form; variables: Variable[]; words: string; save: () => Promise<boolean> };

/** Words to be kept ready: what they say, under what name, for whom, and what is done after. */
export function WordsForm({ form, variables, words, save }: Props) {
  const { values, faults, set, error } = form;
  const place = useRef<HTMLFormElement>(null);
  const macros = useQuery(allMacrosQuery).data ?? [];
  const folders = [...new Set(macros.map(({ folder }) => folder))].filter(Boolean);
  const queues = [...new Set(useQuery(inboxesQuery).data?.map(({ queue }) => queue))];
  useEffect(() => {
    if (error) place.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [error]);
  const own = (id: string) => ({
    id,
    value: String(values[id] ?? ""),
    onChange: (value: string) => set(id, value),
    isBad: id in faults,
  });
  return (
    <form
      className="setform"
      ref={place}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="form grow">
        {error !== null && Object.keys(faults).length === 0 && <Refused what="Not saved." error={error} />}
        <div className="fs">
          <Row id="name" label="Name" help="By which they are found with / in a reply." fault={faults.name}>
            <TextLine {...own("name")} />
          </Row>
          <WordsField
            {...{ form, variables }}
            label="Words"
            hint="Hello {{customer.first_name}}, …"
            help="What is filled in is what we know of the customer, the order they name, and its parcel."
          />
        </div>
        <div className="fs">
          <h2>Where and for whom</h2>
          <Row id="folder" label="Folder" help="Empty: they stand above all folders." fault={faults.folder}>
            <TextLine {...own("folder")} list="folders" />
            <datalist id="folders">
              {folders.map((folder) => (
                <option key={folder} value={folder} />
              ))}
            </datalist>
          </Row>
          <For {...own("queue")} queues={queues} fault={faults.queue} />
        </div>
        <div className="fs">
          <h2>When a reply with them has left</h2>
          <Row id="after" label="The conversation is" isGroup help="Whoever answers can still leave it out.">
            <OneOf {...own("after")} choices={AFTER} />
          </Row>
          <Row id="take" label="And taken" isGroup help="It is then theirs who answered.">
            <OnOff id="take" value={values.take === true} onChange={(to) => set("take", to)} />
          </Row>
        </div>
        <button type="submit" hidden />
      </div>
      <SaveBar form={form} words={words} save={save} />
    </form>
  );
}
