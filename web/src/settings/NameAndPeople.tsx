import { term } from "../words/time";
import { Listed, TextLine } from "./Controls";
import { Row } from "./Row";
import type { Form } from "./useForm";

const MINUTES = [15, 30, 60, 120, 240, 480, 1440, 2880];

function promises(current: string): [string, string][] {
  const offered = new Set([...MINUTES.map((each) => each * 60), Number(current)]);
  return [...offered].sort((a, b) => a - b).map((seconds) => [String(seconds), term(seconds)]);
}

type Props = { form: Form; queues: string[]; isReadOnly: boolean };

/** What every inbox has, whatever its channel: a name, a queue, a promise. */
export function NameAndPeople({ form, queues, isReadOnly }: Props) {
  const { values, faults, set } = form;
  const own = (field: string) => ({
    id: field,
    value: String(values[field] ?? ""),
    onChange: (value: string) => set(field, value),
    isBad: field in faults,
    isReadOnly,
  });
  return (
    <div className="fs">
      <h2>Name and people</h2>
      <Row id="name" label="Called" help="Agents see this name." fault={faults.name}>
        <TextLine {...own("name")} />
      </Row>
      <Row
        id="queue"
        label="Goes to"
        help="The queue that its work waits in. A name that is new makes a new queue."
        fault={faults.queue}
      >
        <TextLine {...own("queue")} list="queues" />
        <datalist id="queues">
          {queues.map((queue) => (
            <option key={queue} value={queue} />
          ))}
        </datalist>
      </Row>
      <Row
        id="reply_within_s"
        label="Promise"
        help="Until when a first answer is due."
        fault={faults.reply_within_s}
      >
        <Listed {...own("reply_within_s")} choices={promises(String(values.reply_within_s))} />
      </Row>
      {"keep_days" in values && (
        <Row
          id="keep_days"
          label="Keeps"
          help="Days after which what came and left by it is erased. Empty: it is kept."
          fault={faults.keep_days}
        >
          <TextLine {...own("keep_days")} isNumber />
        </Row>
      )}
    </div>
  );
}
