import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import { post } from "../../api/client";
import { useTitle } from "../../shell/useTitle";
import { Page } from "../Page";
import { useForm } from "../useForm";
import { variablesQuery } from "./queries";
import { Sample } from "./Sample";
import { WordsForm } from "./WordsForm";
import { NONE, wordsOf } from "./words";

/** Words that are to be kept ready. */
export function NewWords() {
  useTitle("New ready words");
  const client = useQueryClient();
  const navigate = useNavigate();
  const variables = useQuery(variablesQuery).data ?? [];
  const made = useRef("");
  const form = useForm(NONE, async (_, values) => {
    made.current = (await post<{ id: string }>("/api/macros", wordsOf(values))).id;
    await client.invalidateQueries({ queryKey: ["macros"] });
  });
  const save = async () => {
    if (!(await form.save())) return false;
    const to = { to: "/settings/words/$macroId", params: { macroId: made.current } } as const;
    await navigate({ ...to, ignoreBlocker: true });
    return true;
  };
  return (
    <>
      <Page
        label="New ready words"
        title="New ready words"
        says="Written once, said often."
        back="/settings/words"
      >
        <WordsForm form={form} variables={variables} words="Keep them ready" save={save} />
      </Page>
      <Sample html={String(form.values.html)} variables={variables} />
    </>
  );
}
