import { useEffect, useState } from "react";
import { Facts } from "../facts/Facts";
import { useVerbs } from "../keys/verbs";
import { Queue } from "../queue/Queue";
import { useAsked } from "../story/asked";
import { Story } from "../story/Story";
import { Shown } from "./Shown";
import { Tabs } from "./Tabs";
import { useDeskSearch, useOpen } from "./useOpen";

/** Queue, story and facts: the work. */
export function Desk() {
  const { conversationId, customerId } = useOpen();
  const { pane } = useDeskSearch();
  const [factsOver, setFactsOver] = useState(false);
  // What is asked for in the facts brings them to the front, also where they are folded away.
  const isMerging = useAsked() === "merge";
  const shownPane = isMerging ? "facts" : (pane ?? (conversationId || customerId ? "story" : "queue"));
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
      <Shown />
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
