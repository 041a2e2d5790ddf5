import type { ReactNode } from "react";
import type { Variable } from "../../api/types";
import { Refused } from "../../parts/Notice";
import { SaveBar } from "../SaveBar";
import type { Form } from "../useForm";
import { WordsField } from "./WordsField";

type Props = {
  form: Form;
  variables: Variable[];
  isReadOnly?: boolean;
  /** Whether there are words to be written. */
  hasWords: boolean;
  help: string;
  children?: ReactNode;
};

/** What stands under replies: the words, and what is asked before them. */
export function SignatureForm({ form, variables, isReadOnly, hasWords, help, children }: Props) {
  const isUnsaid = form.error !== null && Object.keys(form.faults).length === 0;
  return (
    <form
      className="setform"
      onSubmit={(event) => {
        event.preventDefault();
        void form.save();
      }}
    >
      <div className="form grow">
        {isUnsaid && <Refused what="Not saved." error={form.error} />}
        <div className="fs">
          {children}
          {hasWords && (
            <WordsField
              {...{ form, variables, help }}
              isReadOnly={isReadOnly ?? false}
              label="Signature"
              hint="{{agent.name}}, {{inbox.name}}"
            />
          )}
        </div>
      </div>
      {!isReadOnly && <SaveBar form={form} words="Save" save={form.save} />}
    </form>
  );
}
