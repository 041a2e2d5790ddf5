import { Button } from "react-aria-components";
import { useTicking } from "../live/clock";
import { Icon } from "../parts/Icon";
import { span } from "../words/time";
import { dropToast, type Toast, useToasts } from "./toasts";

function Left({ until }: { until: number }) {
  const left = useTicking(() => span(until - Date.now() + 999));
  return <span className="m xs">{left}</span>;
}

function One({ toast }: { toast: Toast }) {
  const undo = () => {
    dropToast(toast.id);
    toast.undo?.();
  };
  return (
    <div className="toast row">
      <Icon name="check" />
      <span className="grow">{toast.words}</span>
      {toast.undo && (
        <>
          <Button className="btn sm" onPress={undo}>
            Undo <kbd>Z</kbd>
          </Button>
          <Left until={toast.until} />
        </>
      )}
    </div>
  );
}

/** What was just done, in the queue's corner, with ten seconds to take it back. */
export function Toasts() {
  const toasts = useToasts();
  return (
    <section className="toasts" aria-label="Just done" role="status">
      {toasts.map((toast) => (
        <One key={toast.id} toast={toast} />
      ))}
    </section>
  );
}
