import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Problem } from "../api/client";

/** What a form holds, by field. A field that is missing is untouched and not known. */
export type Values = Record<string, string | boolean>;

export type Form = {
  values: Values;
  /** What differs from what is kept. */
  changed: Values;
  faults: Record<string, string>;
  set: (field: string, value: string | boolean | undefined) => void;
  putBack: () => void;
  /** Begin anew, with other values. */
  begin: (values: Values) => void;
  save: () => Promise<boolean>;
  isSaving: boolean;
  error: unknown;
  savedAt: string | null;
};

function only<T>(values: Record<string, T>, isWanted: (field: string) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter(([field]) => isWanted(field)));
}

const faultsOf = (error: unknown) =>
  error instanceof Problem
    ? Object.fromEntries(error.faults.map(({ field, detail }) => [field, detail]))
    : {};

/** A form over what is kept: what was changed, what the API says of it, and saving. */
export function useForm(kept: Values, keep: (changed: Values, values: Values) => Promise<unknown>): Form {
  const [base, setBase] = useState(kept);
  const [values, setValues] = useState(kept);
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const changed = only(values, (field) => values[field] !== base[field]);
  const saving = useMutation({
    mutationFn: (sent: Values) => keep(sent, values),
    onError: (error) => setFaults(faultsOf(error)),
    onSuccess: (_, sent) => {
      setBase((was) => ({ ...was, ...only(sent, (field) => field in kept) }));
      setValues((now) => only(now, (field) => field in kept || now[field] !== sent[field]));
      setFaults({});
      setSavedAt(new Date().toISOString());
    },
  });
  return {
    values,
    changed,
    faults,
    set: (field, value) => {
      const others = only(values, (each) => each !== field);
      setValues(value === undefined ? others : { ...others, [field]: value });
      setFaults(only(faults, (each) => each !== field));
      saving.reset();
    },
    putBack: () => {
      setValues(base);
      setFaults({});
      saving.reset();
    },
    begin: (anew) => {
      setBase(anew);
      setValues(anew);
    },
    save: () =>
      saving.mutateAsync(changed).then(
        () => true,
        () => false,
      ),
    isSaving: saving.isPending,
    error: saving.error,
    savedAt,
  };
}
