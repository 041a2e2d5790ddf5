import { useQuery } from "@tanstack/react-query";
import { customerQuery } from "../api/queries";
import type { Conversation, CustomerView } from "../api/types";
import { Composer } from "../composer/Composer";
import { Refused } from "../parts/Notice";
import { SkeletonLines } from "../parts/Skeleton";
import { useOpen } from "../shell/useOpen";
import { Head } from "./Head";
import { Matter } from "./Matter";
import { Timeline } from "./Timeline";
import { useMarkRead } from "./useMarkRead";

function Nothing() {
  return (
    <div className="empty">
      <b>No conversation is open</b>
      <p className="q">
        <kbd>J</kbd> and <kbd>K</kbd> move in the queue, <kbd>↵</kbd> opens.
      </p>
    </div>
  );
}

type Read = {
  customerId: string | null;
  conversation: Conversation | undefined;
  conversationId: string | null;
};

function Lines({ customerId, conversationId, conversation }: Read) {
  const { data, error } = useQuery({ ...customerQuery(customerId ?? ""), enabled: customerId !== null });
  if (data)
    return (
      <Timeline
        key={conversationId ?? customerId}
        view={data as CustomerView}
        openId={conversation?.id ?? conversationId}
        open={conversation}
      />
    );
  if (error) return <Refused what="The story could not be read." error={error} />;
  return (
    <div className="tl">
      <SkeletonLines lines={6} />
    </div>
  );
}

/** Everything about one customer in time, and the place to answer. */
export function Story({ onFacts }: { onFacts: () => void }) {
  const { conversationId, customerId, conversation, row } = useOpen();
  useMarkRead(conversation.data);
  const isOpen = conversationId !== null || customerId !== null;
  return (
    <section className="story" aria-label="Story" data-pane-name="story" tabIndex={-1}>
      {isOpen ? (
        <>
          <Head conversation={conversation.data} row={row} customerId={customerId} onFacts={onFacts} />
          {conversation.isError && !conversation.data ? (
            <Refused what="The conversation could not be read." error={conversation.error} />
          ) : (
            <Lines customerId={customerId} conversationId={conversationId} conversation={conversation.data} />
          )}
          {conversation.data && <Matter conversation={conversation.data} />}
          {conversationId && (
            <Composer key={conversationId} id={conversationId} conversation={conversation.data} />
          )}
        </>
      ) : (
        <Nothing />
      )}
    </section>
  );
}
