import { useBlocker } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { Button } from "react-aria-components";
import { Icon } from "../parts/Icon";
import { clock, count } from "../words/time";
import type { Form } from "./useForm";

type Props = { form: Form; words: string; save: () => Promise<boolean> };
type Leaving = { form: Form; go: () => void; stay: () => void };

/** Somebody is going, and something is not saved: said here, and nothing is lost. */
function Leave({ form, go, stay }: Leaving) {
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const saveAndGo = async () => ((await form.save()) ? go() : stay());
  return (
    <div className="savebar leaving" role="alert">
      <Icon name="alert" />
      <b className="grow">{count(Object.keys(form.changed).length, "change")} not saved.</b>
      <Button ref={first} className="btn primary" onPress={() => void saveAndGo()}>
        Save and leave
      </Button>
      <Button className="btn" onPress={go}>
        Leave without them
      </Button>
      <Button className="btn quiet" onPress={stay}>
        Stay
      </Button>
    </div>
  );
}

/** The form's foot: save, put back, how many changes; it asks before they are left behind. */
export function SaveBar({ form, words, save }: Props) {
  const changes = Object.keys(form.changed).length;
  const leaving = useBlocker({
    shouldBlockFn: ({ current, next }) => changes > 0 && current.pathname !== next.pathname,
    enableBeforeUnload: () => changes > 0,
    withResolver: true,
  });
  if (leaving.status === "blocked") return <Leave form={form} go={leaving.proceed} stay={leaving.reset} />;
  return (
    <div className="savebar">
      <Button
        className="btn primary"
        isDisabled={changes === 0}
        isPending={form.isSaving}
        onPress={() => void save()}
      >
        {words}
      </Button>
      {changes > 0 && (
        <Button className="btn" onPress={form.putBack}>
          Put back
        </Button>
      )}
      <span className="m xs end" role="status">
        {changes > 0 && `${count(changes, "change")}, not saved`}
        {changes === 0 && form.savedAt && `Saved at ${clock(form.savedAt)}`}
      </span>
    </div>
  );
}
