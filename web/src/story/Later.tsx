import { type FormEvent, useState } from "react";
import { Button } from "react-aria-components";
import type { Conversation } from "../api/types";
import { now } from "../live/clock";
import { Refused } from "../parts/Notice";
import { askFor } from "./asked";
import { useActs } from "./useActs";

const MORNING = 9;
const MONDAY = 1;

/** Nine in the morning so many days from now. */
function morning(days: number): Date {
  const at = new Date(now());
  at.setDate(at.getDate() + days);
  at.setHours(MORNING, 0, 0, 0);
  return at;
}

const toMonday = () => (MONDAY - new Date(now()).getDay() + 7) % 7 || 7;
const two = (n: number) => String(n).padStart(2, "0");
const asDay = (at: Date) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;

/** Until when it waits: a day, in the morning. */
export function Later({ conversation }: { conversation: Conversation }) {
  const [day, setDay] = useState("");
  const acts = useActs();
  const wait = (until: Date) => {
    acts.mutate({ act: "wait", conversation, until: until.toISOString() });
    askFor(null);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (day) wait(new Date(`${day}T09:00:00`));
  };
  return (
    <form className="matter" aria-label="Follow up" onSubmit={submit}>
      <b>Follow up</b>
      <Button autoFocus className="btn sm" onPress={() => wait(morning(1))}>
        Tomorrow
      </Button>
      <Button className="btn sm" onPress={() => wait(morning(3))}>
        In 3 days
      </Button>
      <Button className="btn sm" onPress={() => wait(morning(toMonday()))}>
        On Monday
      </Button>
      <label className="row">
        <span className="m">or on</span>
        <input
          className="input"
          type="date"
          min={asDay(morning(1))}
          value={day}
          onChange={(event) => setDay(event.target.value)}
        />
      </label>
      <Button className="btn sm" type="submit" isDisabled={!day}>
        Wait until then
      </Button>
      <Button className="btn quiet sm" onPress={() => askFor(null)}>
        Cancel
      </Button>
      {acts.error && <Refused what="Not done." error={acts.error} />}
    </form>
  );
}
