import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { Button } from "react-aria-components";
import { get } from "../api/client";
import { entryKey, withEarlier } from "../api/story";
import type { Conversation, CustomerView, StoryPage } from "../api/types";
import { now } from "../live/clock";
import { Icon } from "../parts/Icon";
import { Refused } from "../parts/Notice";
import { useSentinel } from "../parts/useSentinel";
import { date, day } from "../words/time";
import { Entry } from "./Entry";
import { earlier } from "./earlier";
import { useScroll } from "./useScroll";

type Props = { view: CustomerView; openId: string | null; open: Conversation | undefined };

function useEarlier(view: CustomerView) {
  const client = useQueryClient();
  const { id } = view.customer;
  const { before } = view.story;
  return useMutation({
    mutationFn: () =>
      get<StoryPage>(`/api/customers/${id}/story?before=${encodeURIComponent(before ?? "")}&limit=50`),
    onSuccess: (page) =>
      client.setQueryData<CustomerView>(["customer", id], (known) =>
        known?.story.before === before ? withEarlier(known, page) : known,
      ),
  });
}

/** The story, oldest first, begun at its newest; earlier entries come in above without a jump. */
export function Timeline({ view, openId, open }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const { entries, before } = view.story;
  const load = useEarlier(view);
  const loadMore = () => {
    if (before && !load.isPending && !load.isError) load.mutate();
  };
  const { hasScrolled, hasNewBelow, toEnd } = useScroll(box, entries);
  const top = useSentinel(() => hasScrolled.current && loadMore());
  let lastDay = "";
  return (
    <div className="tlwrap">
      <div
        className="tl"
        ref={box}
        role="feed"
        aria-label={`Story of ${view.customer.name}`}
        aria-busy={load.isPending}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
        data-pane-focus
      >
        {before && (
          <div className="ev c first">
            <span className="at">
              <b>since {date(view.customer.created_at, now())}</b>
            </span>
            <span className="node">
              <Icon name="undo" />
            </span>
            <div className="body" ref={top}>
              <Button className="aslink" onPress={() => load.mutate()}>
                Earlier{earlier(view)}
              </Button>
            </div>
          </div>
        )}
        {load.error && <Refused what="Earlier entries could not be read." error={load.error} />}
        {entries.map((entry) => {
          const its = day(entry.happened_at, now());
          const isNewDay = its !== lastDay;
          lastDay = its;
          const isBright = openId !== null && entry.conversation_id === openId;
          return (
            <Entry
              key={entryKey(entry)}
              entry={entry}
              day={isNewDay ? its : ""}
              isBright={isBright}
              view={view}
              open={isBright ? open : undefined}
            />
          );
        })}
      </div>
      {hasNewBelow && (
        <Button className="btn sm newbelow" onPress={toEnd}>
          <Icon name="down" /> New below
        </Button>
      )}
    </div>
  );
}
