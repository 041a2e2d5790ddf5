import type { Channel } from "../api/types";
import type { Values } from "./useForm";

/** A setting as its channel describes it: JSON Schema, and what lays the form out. */
export type Field = {
  key: string;
  title: string;
  description?: string;
  type?: string;
  enum?: string[];
  default?: unknown;
  writeOnly?: boolean;
  group?: string;
  words?: Record<string, string>;
  beside?: boolean;
  when?: Record<string, string | boolean>[];
};

/** Fields under one heading; those of a row stand side by side. */
export type Group = { name: string; rows: Field[][] };

type Defined = { properties?: Record<string, Omit<Field, "key">> };

/** The settings of a channel's inboxes, in its own order. */
export function fieldsOf({ settings }: Channel): Field[] {
  const { $ref, $defs } = settings as { $ref?: string; $defs?: Record<string, Defined> };
  const defined = $defs?.[$ref?.split("/").at(-1) ?? ""] ?? (settings as Defined);
  return Object.entries(defined.properties ?? {}).map(([name, field]) => ({
    ...field,
    title: field.title ?? name,
    key: settingKey(name),
  }));
}

/** A setting's key among a form's values, and in the API's faults. */
export const settingKey = (name: string) => `settings.${name}`;

/** Whether a setting means anything beside the others. */
export function isShown({ when }: Field, values: Values): boolean {
  if (!when) return true;
  return when.some((all) =>
    Object.entries(all).every(([name, wanted]) => {
      const value = values[settingKey(name)];
      return wanted === true ? Boolean(value) : value === wanted;
    }),
  );
}

/** What is shown now, by heading; headings in the order of their first field. */
export function groupsOf(fields: Field[], values: Values): Group[] {
  const groups = new Map<string, Field[][]>();
  for (const field of fields.filter((each) => isShown(each, values))) {
    const rows = groups.get(field.group ?? "Settings") ?? [];
    if (field.beside && rows.length > 0) rows.at(-1)?.push(field);
    else rows.push([field]);
    groups.set(field.group ?? "Settings", rows);
  }
  return [...groups].map(([name, rows]) => ({ name, rows }));
}

/** What an inbox is set to, or would be, as a form holds it; secrets are not known. */
export function valuesOf(fields: Field[], settings: Record<string, unknown>): Values {
  const known = fields.filter((field) => !field.writeOnly);
  return Object.fromEntries(known.map((field) => [field.key, held(field, settings)]));
}

function held({ key, type, default: usual }: Field, settings: Record<string, unknown>): string | boolean {
  const value = settings[key.slice(settingKey("").length)] ?? usual;
  return type === "boolean" ? value === true : String(value ?? "");
}

/** What was changed, as the API takes it. A number that is none goes as it was written: the API says so. */
export function settingsOf(fields: Field[], changed: Values): Record<string, unknown> {
  const named = fields.filter(({ key }) => key in changed);
  return Object.fromEntries(
    named.map(({ key, type }) => [key.slice(settingKey("").length), sent(type, changed[key])]),
  );
}

function sent(type: string | undefined, value: string | boolean | undefined): unknown {
  const isNumber = type === "integer" || type === "number";
  if (!isNumber || typeof value !== "string" || !value.trim()) return value;
  return Number.isNaN(Number(value)) ? value : Number(value);
}
