import { useEffect, useState } from "react";
import { Facts } from "../facts/Facts";
import { useVerbs } from "../keys/verbs";
import { show } from "../live/stream";
import { Queue } from "../queue/Queue";
import { Story } from "../story/Story";
import { Tabs } from "./Tabs";
import { useDeskSearch, useOpen } from "./useOpen";

/** Queue, story and facts: the work. */
export function Desk() {
  const { conversationId, customerId } = useOpen();
  const { pane } = useDeskSearch();
  const [factsOver, setFactsOver] = useState(false);
  const shownPane = pane ?? (conversationId || customerId ? "story" : "queue");
  useEffect(() => show({ conversationId, customerId }), [conversationId, customerId]);
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
        <div className={factsOver ? "desk with-facts" : "desk"}>
          <Queue />
          <Story onFacts={() => setFactsOver(!factsOver)} />
          <Facts />
        </div>
      </main>
      <Tabs />
    </>
  );
}
