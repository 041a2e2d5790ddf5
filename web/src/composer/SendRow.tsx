import { Button } from "react-aria-components";
import { keyWords } from "../keys/listen";
import type { Draft } from "./drafts";

type Props = {
  mode: Draft["mode"];
  canSend: boolean;
  length: number;
  limit: number | null;
  onSend: () => void;
};

/** The one primary button of the view. */
export function SendRow({ mode, canSend, length, limit, onSend }: Props) {
  return (
    <div className="row sendrow">
      <span className="xs m cut">
        {mode === "note" ? "Never leaves the house" : "Goes out after 10 s, until then you can undo"}
      </span>
      {limit !== null && (
        <span className={length > limit ? "end xs over" : "end xs m"}>
          {length} of {limit}
        </span>
      )}
      <Button className="btn primary end" isDisabled={!canSend} onPress={onSend}>
        {mode === "note" ? "Keep note" : "Send reply"}{" "}
        <kbd className="only-wide">{keyWords("mod+enter")}</kbd>
      </Button>
    </div>
  );
}
