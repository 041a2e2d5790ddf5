import { type ReactNode, useState } from "react";
import { Radio, RadioGroup } from "react-aria-components";
import type { Variable } from "../../api/types";
import { filled, valuesOf } from "./fill";

/** Words as they will be read, in the place of an example. */
export function Filled({
  html,
  variables,
  isKnown,
}: {
  html: string;
  variables: Variable[];
  isKnown: boolean;
}) {
  const said = filled(html, valuesOf(variables, isKnown));
  // biome-ignore lint/security/noDangerouslySetInnerHtml: it comes of our own editor, which holds nothing that runs.
  return <div className="said" dir="auto" inert dangerouslySetInnerHTML={{ __html: said }} />;
}

/** What can stand in the words, and what it says in the example. */
export function Places({ variables }: { variables: Variable[] }) {
  return (
    <>
      <h2 className="fh">What is filled in</h2>
      <dl className="kv places">
        {variables.map(({ name, words, example }) => (
          <div key={name}>
            <dt title={words}>
              <code>{`{{${name}}}`}</code>
            </dt>
            <dd>
              <bdi>{example}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** Beside a form: what will be read of it. */
export function Beside({ title, says, children }: { title: string; says: string; children: ReactNode }) {
  return (
    <aside aria-label={title} data-pane-name="beside" tabIndex={-1}>
      <header className="vhead">
        <div className="grow">
          <h1>{title}</h1>
          <p className="xs m">{says}</p>
        </div>
      </header>
      <div className="besidebody">{children}</div>
    </aside>
  );
}

/** The words in a conversation that is an example, as they are written. */
export function Sample({ html, variables }: { html: string; variables: Variable[] }) {
  const [known, setKnown] = useState("all");
  return (
    <Beside title="As it will read" says="In a conversation that is an example">
      <RadioGroup
        className="seg sampled"
        aria-label="What is known of the customer"
        orientation="horizontal"
        value={known}
        onChange={setKnown}
      >
        <Radio value="all" className={({ isSelected }) => (isSelected ? "on" : "")}>
          All is known
        </Radio>
        <Radio value="little" className={({ isSelected }) => (isSelected ? "on" : "")}>
          A stranger asks
        </Radio>
      </RadioGroup>
      <div className="sample">
        <p className="m xs">{known === "all" ? "Ioanna Papadaki" : "somebody@mail.example"}</p>
        <p className="said">{known === "all" ? "Where is my order 48213?" : "Where is my order?"}</p>
      </div>
      <div className="sample ours">
        <p className="m xs">You</p>
        {html ? (
          <Filled html={html} variables={variables} isKnown={known === "all"} />
        ) : (
          <p className="q">Nothing is written yet.</p>
        )}
      </div>
      {known === "little" && html.includes("{{") && (
        <p className="m xs">What is not known is marked, and a reply is not sent before it is filled in.</p>
      )}
      <Places variables={variables} />
    </Beside>
  );
}
