import type { Values } from "./useForm";

const EXAMPLES: Record<string, string> = {
  "customer.name": "Ioanna Papadaki",
  "conversation.tag": "[#4F7K2M]",
  next_open: "2026-03-02 09:00",
};

const filled = (words: string) =>
  words.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (whole, name: string) => EXAMPLES[name] ?? whole);

function Said({ words, what }: { words: string; what: string }) {
  return (
    <>
      <h2 className="fh">{what}</h2>
      {words.trim() ? <p className="said asread">{filled(words)}</p> : <p className="q">Nothing is sent.</p>}
    </>
  );
}

/** Beside the form: the same words, filled in for somebody. */
export function AsRead({ values }: { values: Values }) {
  return (
    <aside aria-label="What a customer reads" data-pane-name="beside" tabIndex={-1}>
      <header className="vhead">
        <div className="grow">
          <h1>What a customer reads</h1>
          <p className="xs m">Filled in for somebody, as an example</p>
        </div>
      </header>
      <div className="besidebody">
        <Said what="Within the hours, to a first message" words={String(values.first_answer)} />
        <Said what="Outside the hours" words={String(values.out_of_office)} />
        <h2 className="fh">What is filled in</h2>
        <dl className="kv places">
          {Object.entries(EXAMPLES).map(([name, example]) => (
            <div key={name}>
              <dt>
                <code>{`{{${name}}}`}</code>
              </dt>
              <dd>{example}</dd>
            </div>
          ))}
        </dl>
      </div>
    </aside>
  );
}
