import { OneOf, OnOff, TextLine } from "./Controls";
import { Row } from "./Row";
import { Secret } from "./Secret";
import type { Field } from "./schema";
import type { Form } from "./useForm";

type Props = { field: Field; form: Form; isSet: boolean; isReadOnly: boolean; about: Field };

const isGroup = (field: Field) =>
  field.enum !== undefined || field.type === "boolean" || field.writeOnly === true;

/** The control that a setting's schema asks for. */
function Control({ field, form, isSet, isReadOnly, about }: Props) {
  const { key: id, title, enum: choices, type, words } = field;
  const value = form.values[id];
  const common = { id, isReadOnly, isBad: id in form.faults };
  if (field.writeOnly) {
    const text = value === undefined ? undefined : String(value);
    return <Secret {...common} isSet={isSet} value={text} onChange={(to) => form.set(id, to)} />;
  }
  if (type === "boolean")
    return <OnOff {...common} value={value === true} onChange={(to) => form.set(id, to)} />;
  if (choices) {
    const named = Object.keys(words ?? {}).length > 0 ? Object.keys(words ?? {}) : choices;
    const offered = named.map((each): [string, string] => [each, words?.[each] ?? each]);
    return <OneOf {...common} value={String(value)} choices={offered} onChange={(to) => form.set(id, to)} />;
  }
  return (
    <TextLine
      {...common}
      value={String(value ?? "")}
      onChange={(to) => form.set(id, to)}
      label={field === about ? undefined : title}
      about={about.key}
      isNumber={type === "integer" || type === "number"}
    />
  );
}

type RowProps = { fields: Field[]; form: Form; secrets: string[]; isReadOnly: boolean };

/** A row of the form a channel describes: a setting, and a short one beside it. */
export function SettingRow({ fields, form, secrets, isReadOnly }: RowProps) {
  const [first] = fields;
  if (!first) return null;
  const faults = fields.map(({ key }) => form.faults[key]).filter(Boolean);
  const help = fields.map(({ description, title }, place) =>
    place ? `${title}: ${description}` : description,
  );
  return (
    <Row
      id={first.key}
      label={first.title}
      isGroup={isGroup(first)}
      help={help.join(" ")}
      fault={faults.join(" ")}
      pair={fields.length > 1}
    >
      {fields.map((field) => (
        <Control
          key={field.key}
          field={field}
          form={form}
          isSet={secrets.includes(field.key)}
          isReadOnly={isReadOnly}
          about={first}
        />
      ))}
    </Row>
  );
}
