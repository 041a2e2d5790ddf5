import { Radio, RadioGroup, Switch } from "react-aria-components";
import { describedBy } from "./Row";

type Text = {
  id: string;
  value: string;
  onChange: (value: string) => void;
  isBad?: boolean;
  isReadOnly?: boolean | undefined;
  label?: string | undefined;
  type?: "text" | "password";
  isNumber?: boolean;
  list?: string;
  /** The row whose help and faults are about it too. */
  about?: string | undefined;
};

/** A line to write in. */
export function TextLine({
  id,
  value,
  onChange,
  isBad,
  isReadOnly,
  label,
  type,
  isNumber,
  list,
  about,
}: Text) {
  return (
    <input
      id={id}
      className={isBad ? "input bad" : "input"}
      type={type ?? "text"}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      readOnly={isReadOnly}
      aria-label={label}
      aria-invalid={isBad || undefined}
      {...describedBy(about ?? id)}
      {...(isNumber && { inputMode: "decimal" as const })}
      {...(list && { list })}
      autoComplete={type === "password" ? "new-password" : "off"}
      spellCheck={false}
      dir="auto"
    />
  );
}

/** Words over several lines. */
export function Lines({ id, value, onChange, isBad, isReadOnly }: Text) {
  return (
    <textarea
      id={id}
      className={isBad ? "input bad" : "input"}
      rows={4}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      readOnly={isReadOnly}
      aria-invalid={isBad || undefined}
      {...describedBy(id)}
      dir="auto"
    />
  );
}

type Choice = {
  id: string;
  value: string;
  choices: [string, string][];
  onChange: (value: string) => void;
  isReadOnly?: boolean | undefined;
};

const MOST_SIDE_BY_SIDE = 3;

/** One of a few, side by side; one of many from a list. */
export function OneOf(props: Choice) {
  if (props.choices.length > MOST_SIDE_BY_SIDE) return <Listed {...props} />;
  const { id, value, choices, onChange, isReadOnly } = props;
  return (
    <RadioGroup
      className="seg"
      id={id}
      aria-labelledby={`${id}-label`}
      {...describedBy(id)}
      orientation="horizontal"
      value={value}
      onChange={onChange}
      isDisabled={isReadOnly ?? false}
    >
      {choices.map(([each, words]) => (
        <Radio key={each} value={each} className={({ isSelected }) => (isSelected ? "on" : "")}>
          {words}
        </Radio>
      ))}
    </RadioGroup>
  );
}

/** One of many, from the system's own list. */
export function Listed({ id, value, choices, onChange, isReadOnly, label }: Choice & { label?: string }) {
  return (
    <select
      id={id}
      className="input"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      disabled={isReadOnly}
      aria-label={label}
      {...describedBy(id)}
    >
      {choices.map(([each, words]) => (
        <option key={each} value={each}>
          {words}
        </option>
      ))}
    </select>
  );
}

type YesNo = {
  id: string;
  value: boolean;
  onChange: (value: boolean) => void;
  isReadOnly?: boolean | undefined;
};

/** On or off, with its word. */
export function OnOff({ id, value, onChange, isReadOnly }: YesNo) {
  return (
    <Switch
      id={id}
      className={value ? "switch on" : "switch"}
      isSelected={value}
      onChange={onChange}
      isDisabled={isReadOnly ?? false}
      aria-labelledby={`${id}-label`}
      {...describedBy(id)}
    >
      <i />
      {value ? "Yes" : "No"}
    </Switch>
  );
}
