import { useEffect, useRef } from "react";
import { Refused } from "../parts/Notice";
import { dayKey, HOLIDAYS, ZONE } from "./answers";
import { Lines, TextLine } from "./Controls";
import { DayHours } from "./DayHours";
import { Holidays } from "./Holidays";
import { DAYS } from "./hours";
import { Row } from "./Row";
import { SaveBar } from "./SaveBar";
import type { Form } from "./useForm";

const ZONES = Intl.supportedValuesOf("timeZone");
const SAID = [
  [
    "first_answer",
    "First answer",
    "To a message that opens a conversation while somebody is here. Empty: none is sent.",
  ],
  ["out_of_office", "Out of office", "To any message that comes outside the hours. Empty: none is sent."],
] as const;

type Props = { form: Form; isReadOnly: boolean };

/** What is said by itself, and the hours that decide which. */
export function AnswersForm({ form, isReadOnly }: Props) {
  const { values, faults, set, error } = form;
  const place = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (error) place.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [error]);
  const isUnsaid = error !== null && !Object.keys(faults).some((field) => field in values);
  const isAlways = DAYS.every((_, day) => !values[dayKey(day)]);
  const own = (id: string) => ({
    id,
    value: String(values[id] ?? ""),
    onChange: (value: string) => set(id, value),
    isBad: id in faults,
    isReadOnly,
  });
  return (
    <form
      className="setform"
      ref={place}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReadOnly) void form.save();
      }}
    >
      <div className="form grow">
        {isUnsaid && <Refused what="Not saved." error={error} />}
        <div className="fs">
          <h2>What is said</h2>
          {SAID.map(([id, label, help]) => (
            <Row key={id} id={id} label={label} help={help} fault={faults[id]}>
              <Lines {...own(id)} />
            </Row>
          ))}
        </div>
        <div className="fs">
          <h2>When somebody is here</h2>
          <Row
            id={ZONE}
            label="Time zone"
            help="The hours are those of this place, as Europe/Berlin."
            fault={faults[ZONE]}
          >
            <TextLine {...own(ZONE)} list="zones" />
            <datalist id="zones">
              {ZONES.map((zone) => (
                <option key={zone} value={zone} />
              ))}
            </datalist>
          </Row>
          {DAYS.map((day, number) => (
            <DayHours
              key={day}
              id={dayKey(number)}
              day={day}
              held={String(values[dayKey(number)] ?? "")}
              onChange={(to) => set(dayKey(number), to)}
              isReadOnly={isReadOnly}
              isAlways={isAlways}
              fault={faults[dayKey(number)]}
            />
          ))}
          <Holidays
            held={String(values[HOLIDAYS])}
            onChange={(to) => set(HOLIDAYS, to)}
            isReadOnly={isReadOnly}
            fault={faults[HOLIDAYS]}
          />
        </div>
        <button type="submit" hidden />
      </div>
      {!isReadOnly && <SaveBar form={form} words="Save" save={form.save} />}
    </form>
  );
}
