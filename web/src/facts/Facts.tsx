import { useQuery } from "@tanstack/react-query";
import { customerQuery } from "../api/queries";
import type { CustomerView } from "../api/types";
import { SkeletonLines } from "../parts/Skeleton";
import { useOpen } from "../shell/useOpen";
import { Choices } from "./Choices";
import { Conversations } from "./Conversations";
import { Matches } from "./Matches";
import { Merged } from "./Merged";
import { Orders } from "./Orders";
import { Who } from "./Who";

/** Who it is and what the shop knows. */
export function Facts() {
  const { customerId, conversationId, conversation } = useOpen();
  const { data, isPending } = useQuery({ ...customerQuery(customerId ?? ""), enabled: customerId !== null });
  const view: CustomerView | undefined = data;
  return (
    <aside className="facts" aria-label="Facts" data-pane-name="facts" tabIndex={-1}>
      {view && (
        <>
          <Who view={view} />
          <Matches customerId={view.customer.id} />
          <Merged view={view} />
          <Orders view={view} matter={conversation.data?.matter ?? ""} />
          <Choices customerId={view.customer.id} key={view.customer.id} />
          <Conversations view={view} openId={conversationId} />
        </>
      )}
      {customerId && isPending && (
        <section className="fx">
          <SkeletonLines lines={8} />
        </section>
      )}
    </aside>
  );
}
