import type { Variable } from "../../api/types";
import { Beside, Filled, Places } from "./Sample";

type Props = { html: string; variables: Variable[]; inboxName: string; none: string };

/** Beside the form: a reply with the signature under it. */
export function Under({ html, variables, inboxName, none }: Props) {
  const here = variables.map((each) => (each.name === "inbox.name" ? { ...each, example: inboxName } : each));
  return (
    <Beside title="As it will read" says="Under a reply that is an example">
      <div className="sample ours">
        <p className="said">Your parcel left us this morning and is with you tomorrow.</p>
        {html ? (
          <div className="signature">
            <Filled html={html} variables={here} isKnown />
          </div>
        ) : (
          <p className="m xs">{none}</p>
        )}
      </div>
      <Places variables={here} />
    </Beside>
  );
}
