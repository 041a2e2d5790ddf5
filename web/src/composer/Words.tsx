import { type RefObject, useImperativeHandle, useRef } from "react";
import { TextArea, TextField } from "react-aria-components";
import type { Field } from "./rich/Rich";

type Props = {
  field: RefObject<Field | null>;
  label: string;
  hint: string;
  value: string;
  onChange: (value: string) => void;
};

/** Plain words; grows with them. Escape gives the keys back. */
export function Words({ field, label, hint, value, onChange }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(field, () => ({
    focus: () => area.current?.focus(),
    put: (words) => onChange(value + words),
  }));
  return (
    <TextField aria-label={label} value={value} onChange={onChange}>
      <TextArea
        className="write"
        ref={area}
        dir="auto"
        placeholder={hint}
        data-pane-focus
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.closest<HTMLElement>(".story")?.focus();
        }}
      />
    </TextField>
  );
}
