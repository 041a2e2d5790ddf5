import type { ReactNode } from "react";
import { Button } from "react-aria-components";
import { keyWords } from "../keys/listen";
import type { Mode } from "./drafts";

type Props = {
  mode: Mode;
  canSend: boolean;
  /** Sent, and waiting for what it needs. */
  isHeld: boolean;
  length: number;
  limit: number | null;
  onSend: () => void;
  onSendAndResolve: (() => void) | undefined;
  children: ReactNode;
};

const SENDS: Record<Mode, string> = { reply: "Send reply", note: "Keep note", forward: "Pass on" };

const MEANS = {
  note: "Never leaves the house",
  reply: "Goes out after 10 s, until then you can undo",
};

/** What can be added to the words, and the one primary button of the view. */
export function SendRow(props: Props) {
  const { mode, canSend, isHeld, length, limit, onSend, onSendAndResolve, children } = props;
  return (
    <div className="row sendrow">
      {children}
      <span className="xs m cut grow">
        {isHeld ? "Sent as soon as all of it is here" : MEANS[mode === "note" ? "note" : "reply"]}
      </span>
      {limit !== null && (
        <span className={length > limit ? "xs over" : "xs m"}>{`${length} of ${limit}`}</span>
      )}
      {onSendAndResolve && (
        <Button className="btn only-wide" isDisabled={!canSend} onPress={onSendAndResolve}>
          Send and resolve
        </Button>
      )}
      <Button className="btn primary" isDisabled={!canSend} onPress={onSend}>
        {SENDS[mode]} <kbd className="only-wide">{keyWords("mod+enter")}</kbd>
      </Button>
    </div>
  );
}
