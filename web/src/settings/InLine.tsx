import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "react-aria-components";
import { Refused } from "../parts/Notice";
import type { Form } from "./useForm";

type Props = {
  form: Form;
  verb: string;
  isDanger?: boolean;
  onDo: () => Promise<void>;
  onLeave: () => void;
  children: ReactNode;
};

/** A small form under what it is about; Escape leaves it. */
export function InLine({ form, verb, isDanger, onDo, onLeave, children }: Props) {
  const place = useRef<HTMLFormElement>(null);
  useEffect(() => place.current?.querySelector<HTMLElement>("input, button[type=submit]")?.focus(), []);
  const isSaid = Object.keys(form.faults).length > 0;
  return (
    <form
      className="inline"
      ref={place}
      onSubmit={(event) => {
        event.preventDefault();
        void onDo();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onLeave();
      }}
    >
      {children}
      {form.error !== null && !isSaid && <Refused what="Not done." error={form.error} />}
      <div className="row">
        <Button className={isDanger ? "btn danger" : "btn primary"} type="submit" isPending={form.isSaving}>
          {verb}
        </Button>
        <Button className="btn quiet" onPress={onLeave}>
          Leave it
        </Button>
      </div>
    </form>
  );
}
