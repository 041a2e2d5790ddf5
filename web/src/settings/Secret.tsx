import { useEffect, useRef } from "react";
import { Button } from "react-aria-components";
import { TextLine } from "./Controls";

type Props = {
  id: string;
  /** Whether one is kept; it is never shown. */
  isSet: boolean;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  isBad: boolean;
  isReadOnly: boolean;
};

/** Something that goes in and never comes out: whether it is set, and another in its place. */
export function Secret({ id, isSet, value, onChange, isBad, isReadOnly }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(value !== undefined);
  useEffect(() => {
    if (wasOpen.current !== (value !== undefined))
      place.current?.querySelector<HTMLElement>(value === undefined ? "button" : "input")?.focus();
    wasOpen.current = value !== undefined;
  }, [value]);
  return (
    <div className="row" ref={place}>
      {value === undefined ? (
        <>
          <span className="input row secret" id={id}>
            {isSet ? "Set" : <span className="m">Not set</span>}
          </span>
          {!isReadOnly && (
            <Button className="btn" aria-describedby={`${id}-label`} onPress={() => onChange("")}>
              {isSet ? "Replace" : "Set"}
            </Button>
          )}
        </>
      ) : (
        <>
          <TextLine id={id} type="password" value={value} onChange={onChange} isBad={isBad} />
          <Button className="btn" aria-describedby={`${id}-label`} onPress={() => onChange(undefined)}>
            {isSet ? "Keep the old" : "Leave"}
          </Button>
        </>
      )}
    </div>
  );
}
