import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { put } from "../api/client";
import type { AutomaticAnswers, Inbox } from "../api/types";
import { Glyph } from "../parts/Glyph";
import { Refused } from "../parts/Notice";
import { SkeletonLines } from "../parts/Skeleton";
import { mayConfigure, useMe } from "../shell/useMe";
import { useTitle } from "../shell/useTitle";
import { AnswersForm } from "./AnswersForm";
import { AsRead } from "./AsRead";
import { answersOf, valuesOfAnswers } from "./answers";
import { InboxParts } from "./InboxParts";
import { Page } from "./Page";
import { answersQuery, inboxesQuery } from "./queries";
import { useForm } from "./useForm";

function Known({ inbox, answers }: { inbox: Inbox; answers: AutomaticAnswers }) {
  const isReadOnly = !mayConfigure(useMe());
  const form = useForm(valuesOfAnswers(answers), (_, values) =>
    put(`/api/inboxes/${inbox.id}/automatic-answers`, answersOf(values)),
  );
  return (
    <>
      <Page
        label={`Automatic answers of ${inbox.address}`}
        glyph={<Glyph channel={inbox.channel} />}
        title={inbox.address}
        says="Answers by itself: to a person once in 24 hours, to machines never."
        end={<InboxParts inboxId={inbox.id} />}
      >
        <AnswersForm form={form} isReadOnly={isReadOnly} />
      </Page>
      <AsRead values={form.values} />
    </>
  );
}

/** What an inbox answers by itself, and when. */
export function Answers() {
  const { inboxId = "" } = useParams({ strict: false });
  const inboxes = useQuery(inboxesQuery);
  const answers = useQuery(answersQuery(inboxId));
  const inbox = inboxes.data?.find(({ id }) => id === inboxId);
  useTitle("Automatic answers");
  if (inbox && answers.data) return <Known key={inbox.id} inbox={inbox} answers={answers.data} />;
  const error = answers.error ?? inboxes.error;
  return (
    <Page label="Automatic answers" title={inbox?.address ?? "Automatic answers"}>
      {error ? (
        <Refused what="The automatic answers could not be read." error={error} />
      ) : (
        <SkeletonLines lines={8} />
      )}
    </Page>
  );
}
