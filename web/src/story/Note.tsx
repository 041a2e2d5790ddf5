import { Icon } from "../parts/Icon";
import { Marked } from "../parts/Marked";
import type { EntryProps } from "./Entry";
import { Rest, useWords } from "./Rest";
import { When } from "./When";

/** What a colleague wrote for colleagues. */
export function Note({ entry, day, isBright }: EntryProps) {
  const { text, rest } = useWords(entry);
  return (
    <article className={isBright ? "ev note" : "ev past note"}>
      <When at={entry.happened_at} day={day} />
      <span className="node">
        <Icon name="note" />
      </span>
      <div className="body">
        <p className="said" dir="auto">
          <b>{entry.agent_name}</b> <Marked text={text} />
        </p>
        {rest && <Rest {...rest} />}
      </div>
    </article>
  );
}
