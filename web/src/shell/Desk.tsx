import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { customerQuery } from "../api/queries";
import { Facts } from "../facts/Facts";
import { useVerbs } from "../keys/verbs";
import { show } from "../live/stream";
import { Queue } from "../queue/Queue";
import { useAsked } from "../story/asked";
import { Story } from "../story/Story";
import { Tabs } from "./Tabs";
import { useDeskSearch, useOpen } from "./useOpen";

/** Queue, story and facts: the work. */
export function Desk() {
  const { conversationId, customerId, conversation } = useOpen();
  const { data: view } = useQuery({ ...customerQuery(customerId ?? ""), enabled: customerId !== null });
  const parts = conversation.data?.parts;
  const records = view?.customer.ids;
  const { pane } = useDeskSearch();
  const [factsOver, setFactsOver] = useState(false);
  // What is asked for in the facts brings them to the front, also where they are folded away.
  const isMerging = useAsked() === "merge";
  const shownPane = isMerging ? "facts" : (pane ?? (conversationId || customerId ? "story" : "queue"));
  useEffect(
    () => show({ conversationId, customerId, ...(parts && { parts }), ...(records && { records }) }),
    [conversationId, customerId, parts, records],
  );
  useEffect(() => {
    document.documentElement.dataset.pane = shownPane;
  }, [shownPane]);
  useVerbs([
    {
      id: "facts",
      words: "Facts over the story, when they are folded away",
      group: "Desk",
      icon: "user",
      key: "i",
      hidden: true,
      run: () => setFactsOver(!factsOver),
    },
  ]);
  return (
    <>
      <main className="main">
        <div className={factsOver || isMerging ? "desk with-facts" : "desk"}>
          <Queue />
          <Story onFacts={() => setFactsOver(!factsOver)} />
          <Facts />
        </div>
      </main>
      <Tabs />
    </>
  );
}
