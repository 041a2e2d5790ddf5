import type { RefObject } from "react";
import { TextArea, TextField } from "react-aria-components";

type Props = {
  field: RefObject<HTMLTextAreaElement | null>;
  label: string;
  hint: string;
  value: string;
  onChange: (value: string) => void;
};

/** The words themselves; grows with them. Escape gives the keys back. */
export function Words({ field, label, hint, value, onChange }: Props) {
  return (
    <TextField aria-label={label} value={value} onChange={onChange}>
      <TextArea
        className="write"
        ref={field}
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
