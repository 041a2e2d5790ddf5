import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useId, useState } from "react";
import { Button } from "react-aria-components";
import { put } from "../api/client";
import type { Channel, Choices } from "../api/types";
import { Refused } from "../parts/Notice";
import { CONTACT } from "./choices";

type Props = { customerId: string; channels: Channel[]; kept: Choices; onDone: () => void };

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

function Line({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <>
      <label className="xs m" htmlFor={id}>
        {label}
      </label>
      {children(id)}
    </>
  );
}

/** What the customer said, as an agent notes it. */
export function ChoicesForm({ customerId, channels, kept, onDone }: Props) {
  const client = useQueryClient();
  const [choices, setChoices] = useState(kept);
  const [how, setHow] = useState("");
  const change = (some: Partial<Choices>) => setChoices({ ...choices, ...some });
  const { contact = "any", preferred = "", refused = [], hours = [], language = "" } = choices;
  const [first] = hours;
  const saving = useMutation({
    mutationFn: () => put(`/api/customers/${customerId}/choices`, { choices, how }),
    onSuccess: async () => {
      onDone();
      await Promise.all([
        client.invalidateQueries({ queryKey: ["choices", customerId] }),
        client.invalidateQueries({ queryKey: ["conversation"] }),
      ]);
    },
  });
  const within = (begins: string, ends: string) => {
    const days = first?.days ?? EVERY_DAY;
    const time_zone = first?.time_zone ?? ZONE;
    change({
      hours: begins || ends ? [{ days, time_zone, begins: begins || "00:00", ends: ends || "00:00" }] : [],
    });
  };
  return (
    <form
      className="choosing"
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      {saving.error && <Refused what="Not saved." error={saving.error} />}
      <Line label="Contact">
        {(id) => (
          <select
            id={id}
            className="input"
            value={contact}
            onChange={({ target }) => change({ contact: target.value as Choices["contact"] & string })}
          >
            {Object.entries(CONTACT).map(([key, words]) => (
              <option key={key} value={key}>
                {words}
              </option>
            ))}
          </select>
        )}
      </Line>
      <Line label="Prefers">
        {(id) => (
          <select
            id={id}
            className="input"
            value={preferred}
            onChange={({ target }) => change({ preferred: target.value })}
          >
            <option value="">Any channel</option>
            {channels.map(({ key, label }) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Line>
      <fieldset className="plain">
        <legend className="xs m">Refuses</legend>
        {channels.map(({ key, label }) => (
          <label key={key} className="row">
            <input
              type="checkbox"
              checked={refused.includes(key)}
              onChange={({ target }) =>
                change({
                  refused: target.checked ? [...refused, key] : refused.filter((each) => each !== key),
                })
              }
            />
            {label}
          </label>
        ))}
      </fieldset>
      <div className="row">
        <Line label="From">
          {(id) => (
            <input
              id={id}
              className="input"
              type="time"
              value={first?.begins.slice(0, 5) ?? ""}
              onChange={({ target }) => within(target.value, first?.ends.slice(0, 5) ?? "")}
            />
          )}
        </Line>
        <Line label="to">
          {(id) => (
            <input
              id={id}
              className="input"
              type="time"
              value={first?.ends.slice(0, 5) ?? ""}
              onChange={({ target }) => within(first?.begins.slice(0, 5) ?? "", target.value)}
            />
          )}
        </Line>
      </div>
      <Line label="Language, as de">
        {(id) => (
          <input
            id={id}
            className="input"
            value={language}
            onChange={({ target }) => change({ language: target.value.trim() })}
          />
        )}
      </Line>
      <Line label="How we know">
        {(id) => (
          <input id={id} className="input" value={how} onChange={({ target }) => setHow(target.value)} />
        )}
      </Line>
      <div className="row">
        <Button className="btn primary" type="submit" isDisabled={saving.isPending}>
          Save choices
        </Button>
        <Button className="btn" onPress={onDone}>
          Leave it
        </Button>
      </div>
    </form>
  );
}
