import { Listed } from "../Controls";
import { Row } from "../Row";

type Props = {
  id: string;
  value: string;
  queues: string[];
  onChange: (queue: string) => void;
  fault: string | undefined;
};

/** Who has them: everybody, or those who answer one queue. */
export function For({ id, value, queues, onChange, fault }: Props) {
  const choices: [string, string][] = [
    ["", "Everybody"],
    ...[...new Set([...queues, value])].filter(Boolean).map((queue): [string, string] => [queue, queue]),
  ];
  return (
    <Row id={id} label="For" help="Everybody, or only where one queue is answered." fault={fault}>
      <Listed {...{ id, value, choices, onChange }} />
    </Row>
  );
}
