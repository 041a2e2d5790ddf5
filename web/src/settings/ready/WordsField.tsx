import { useEffect, useRef, useState } from "react";
import type { Variable } from "../../api/types";
import type { Field } from "../../composer/rich/Rich";
import { useRich } from "../../composer/useRich";
import { Row } from "../Row";
import type { Form } from "../useForm";
import { Insert } from "./Insert";

type Props = {
  form: Form;
  label: string;
  hint: string;
  help: string;
  variables: Variable[];
  isReadOnly?: boolean;
};

const NO_PICTURES = "A picture belongs to one message: it cannot stand in words that are kept.";

/** Rich words of a form, with variables from a menu. */
export function WordsField({ form, label, hint, help, variables, isReadOnly }: Props) {
  const Rich = useRich();
  const field = useRef<Field>(null);
  const wanted = useRef(false);
  const [refused, setRefused] = useState("");
  const fault = form.faults.html;
  useEffect(() => {
    if (form.error && fault) field.current?.focus();
  }, [form.error, fault]);
  const html = String(form.values.html ?? "");
  return (
    <Row id="html" label={label} isGroup help={help} fault={fault || refused}>
      <div className="wordsfield">
        {isReadOnly && (
          // biome-ignore lint/security/noDangerouslySetInnerHtml: the server made it harmless as it does what we send.
          <div className="input said" dangerouslySetInnerHTML={{ __html: html }} />
        )}
        {!isReadOnly && !Rich && (
          <div className="richly">
            {/* biome-ignore lint/security/noDangerouslySetInnerHtml: as above. */}
            <div className="write rich" inert dangerouslySetInnerHTML={{ __html: html }} />
            <div className="marks" />
          </div>
        )}
        {!isReadOnly && Rich && (
          <Rich
            {...{ field, wanted, html, label, hint }}
            onChange={(to) => {
              setRefused("");
              form.set("html", to);
            }}
            onFiles={() => setRefused(NO_PICTURES)}
            more={<Insert variables={variables} onChosen={(name) => field.current?.put(`{{${name}}}`)} />}
          />
        )}
      </div>
    </Row>
  );
}
