import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Button } from "react-aria-components";
import { put } from "../../api/client";
import type { WholeMacro } from "../../api/types";
import { Refused } from "../../parts/Notice";
import { SkeletonLines } from "../../parts/Skeleton";
import { useTitle } from "../../shell/useTitle";
import { Page } from "../Page";
import { useForm } from "../useForm";
import { macroQuery, variablesQuery } from "./queries";
import { Sample } from "./Sample";
import { useRemove } from "./useRemove";
import { WordsForm } from "./WordsForm";
import { valuesOfWords, wordsOf } from "./words";

function Known({ macro }: { macro: WholeMacro }) {
  const client = useQueryClient();
  const variables = useQuery(variablesQuery).data ?? [];
  const remove = useRemove(macro);
  const form = useForm(valuesOfWords(macro), async (_, values) => {
    await put(`/api/macros/${macro.id}`, wordsOf(values));
    await client.invalidateQueries({ queryKey: ["macros", "all"] });
  });
  return (
    <>
      <Page
        label={macro.name}
        title={macro.name}
        says={
          [macro.folder, macro.queue && `for ${macro.queue}`].filter(Boolean).join(" · ") || "For everybody"
        }
        back="/settings/words"
        end={
          <Button className="btn danger" onPress={() => remove.mutate()} isPending={remove.isPending}>
            Remove
          </Button>
        }
      >
        {remove.error && <Refused what="Not removed." error={remove.error} />}
        <WordsForm form={form} variables={variables} words="Save" save={form.save} />
      </Page>
      <Sample html={String(form.values.html)} variables={variables} />
    </>
  );
}

/** Ready words as they were written, to be said otherwise or no longer. */
export function WordsPage() {
  const { macroId = "" } = useParams({ strict: false });
  const { data, error } = useQuery(macroQuery(macroId));
  useTitle(data?.name ?? "Ready words");
  if (data) return <Known key={data.id} macro={data} />;
  return (
    <Page label="Ready words" title="Ready words" back="/settings/words">
      {error ? <Refused what="These words could not be read." error={error} /> : <SkeletonLines lines={8} />}
    </Page>
  );
}
