import { useState } from "react";
import { useVerbs } from "../keys/verbs";
import { Refused } from "../parts/Notice";
import { SkeletonRows } from "../parts/Skeleton";
import { Empty } from "./Empty";
import { Filter } from "./Filter";
import { List } from "./List";
import { usePromiseWords } from "./usePromiseWords";
import { useQueue } from "./useQueue";
import { Views } from "./Views";

/** What waits, ordered by the promise that breaks first. */
export function Queue() {
  const { query, rows, counts, view, state, title } = useQueue();
  const [isFiltering, setFiltering] = useState(false);
  const [words, setWords] = useState("");
  usePromiseWords();
  useVerbs([
    {
      id: "filter",
      words: "Filter the queue",
      group: "Queue",
      icon: "filter",
      key: "/",
      run: () => setFiltering(true),
    },
  ]);
  const wanted = words.trim().toLocaleLowerCase();
  const seen = wanted
    ? rows.filter((row) => `${row.customer_name} ${row.matter}`.toLocaleLowerCase().includes(wanted))
    : rows;
  const leave = () => {
    setFiltering(false);
    setWords("");
  };
  return (
    <section className="queue" aria-label="Queue" data-pane-name="queue">
      <header className="qhead">
        <div className="row">
          <h2 className="cut">{title}</h2>
          <span className="m">{counts ? (state === "open" ? counts[view] : "") : "\u2007\u2007"}</span>
          <Views view={view} counts={counts} />
        </div>
        {isFiltering && <Filter words={words} state={state} onWords={setWords} onLeave={leave} />}
      </header>
      {query.isPending && <SkeletonRows />}
      {query.isError && !query.data && <Refused what="The queue could not be read." error={query.error} />}
      {query.data && seen.length === 0 && (
        <Empty view={view} state={state} counts={counts} isFiltered={wanted !== ""} />
      )}
      {query.data && seen.length > 0 && (
        <List
          rows={seen}
          name={`${view}/${state}`}
          onEnd={() => {
            if (query.hasNextPage && !query.isFetching) void query.fetchNextPage();
          }}
        />
      )}
      <footer className="qfoot only-wide">
        <kbd>J</kbd>
        <kbd>K</kbd> move <kbd>↵</kbd> open <kbd>/</kbd> filter <kbd>?</kbd> keys
      </footer>
    </section>
  );
}
