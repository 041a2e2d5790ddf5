import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef } from "react";
import type { Channel } from "../api/types";
import { Refused } from "../parts/Notice";
import { NameAndPeople } from "./NameAndPeople";
import { inboxesQuery } from "./queries";
import { SaveBar } from "./SaveBar";
import { SettingRow } from "./Setting";
import { fieldsOf, groupsOf, settingKey } from "./schema";
import type { Form } from "./useForm";

type Props = {
  channel: Channel;
  form: Form;
  /** The secrets that are set. */
  secrets: string[];
  isReadOnly: boolean;
  words: string;
  save: () => Promise<boolean>;
  children?: ReactNode;
};

/** Faults of fields that are not in sight are said above the form, with all the rest of it. */
function hasHiddenFault(form: Form, shown: Set<string>): boolean {
  const faults = Object.keys(form.faults);
  return form.error !== null && (faults.length === 0 || faults.some((field) => !shown.has(field)));
}

/** An inbox as a form: its name and people, then what its channel asks for. */
export function InboxForm({ channel, form, secrets, isReadOnly, words, save, children }: Props) {
  const groups = groupsOf(fieldsOf(channel), form.values);
  const shown = new Set(groups.flatMap(({ rows }) => rows.flat().map(({ key }) => key)));
  for (const own of ["name", "address", "queue", "reply_within_s", "keep_days"]) shown.add(own);
  const queues = [...new Set(useQuery(inboxesQuery).data?.map(({ queue }) => queue))];
  const place = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (form.error) place.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [form.error]);
  return (
    <form
      className="setform"
      ref={place}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReadOnly) void save();
      }}
    >
      <div className="form grow">
        {hasHiddenFault(form, shown) && <Refused what="Not saved." error={form.error} />}
        {children}
        <NameAndPeople form={form} queues={queues} isReadOnly={isReadOnly} />
        {groups.map(({ name, rows }) => (
          <div className="fs" key={name}>
            <h2>{name}</h2>
            {rows.map((fields) => (
              <SettingRow
                key={fields[0]?.key}
                fields={fields}
                form={form}
                secrets={secrets.map(settingKey)}
                isReadOnly={isReadOnly}
              />
            ))}
          </div>
        ))}
        <button type="submit" hidden />
      </div>
      {!isReadOnly && <SaveBar form={form} words={words} save={save} />}
    </form>
  );
}
