import { type RefObject, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import { Button, TextArea, TextField } from "react-aria-components";
import { flushSync } from "react-dom";
import type { Colleague } from "../api/types";
import { meant, named } from "./mentions";
import { gapsIn, withoutGaps } from "./open";
import type { Field } from "./rich/Rich";

type Props = {
  field: RefObject<Field | null>;
  label: string;
  hint: string;
  value: string;
  colleagues: Colleague[];
  onChange: (value: string) => void;
  onSlash?: (() => void) | undefined;
  onComposing?: ((isComposing: boolean) => void) | undefined;
  /** Set when it goes while the cursor is in it: whatever comes in its place takes the cursor over. */
  wanted: RefObject<boolean>;
};

/** Plain words; grows with them. Escape gives the keys back. @ offers colleagues. */
export function Words(props: Props) {
  const { field, label, hint, value, colleagues, onChange, onSlash, onComposing, wanted } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const [at, setAt] = useState(0);
  useImperativeHandle(field, () => ({
    focus: () => area.current?.focus(),
    put: (words) => onChange(value + words),
    choose: (names) => {
      const first = gapsIn(value).find(({ name }) => names.includes(name));
      area.current?.focus();
      if (first) area.current?.setSelectionRange(first.from, first.to);
    },
    drop: (names) => {
      area.current?.focus();
      onChange(withoutGaps(value, names));
    },
  }));
  useLayoutEffect(() => {
    const mine = area.current;
    return () => {
      wanted.current ||= mine !== null && mine === document.activeElement;
    };
  }, [wanted]);
  const offered = meant(value, at, colleagues);
  const choose = (colleague: Colleague) => {
    const [text, cursor] = named(value, at, colleague);
    // At once: whoever types on must find the cursor behind the name already.
    flushSync(() => {
      onChange(text);
      setAt(cursor);
    });
    area.current?.focus();
    area.current?.setSelectionRange(cursor, cursor);
  };
  return (
    <TextField aria-label={label} value={value} onChange={onChange}>
      {offered.length > 0 && (
        <fieldset className="row offered" aria-label="Colleagues">
          {offered.map((each) => (
            <Button key={each.id} className="btn sm" onPress={() => choose(each)}>
              @{each.name}
            </Button>
          ))}
        </fieldset>
      )}
      <TextArea
        className="write"
        ref={area}
        dir="auto"
        placeholder={hint}
        data-pane-focus
        onCompositionStart={() => onComposing?.(true)}
        onCompositionEnd={() => onComposing?.(false)}
        onSelect={(event) => setAt(event.currentTarget.selectionStart)}
        onKeyDown={(event) => {
          const [first] = offered;
          if (first && event.key === "Tab" && !event.shiftKey) {
            event.preventDefault();
            choose(first);
          }
          if (event.key === "Escape") event.currentTarget.closest<HTMLElement>(".story")?.focus();
          if (event.key !== "/" || value !== "" || !onSlash) return;
          event.preventDefault();
          onSlash();
        }}
      />
    </TextField>
  );
}
