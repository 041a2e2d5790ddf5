import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { customerQuery } from "../api/queries";
import { show } from "../live/stream";
import type { DeskSearch } from "../router";
import { useOpen } from "./useOpen";

/** Tells the stream what is on screen; the address of a part becomes that of its matter. Draws nothing. */
export function Shown() {
  const { conversationId, customerId, conversation } = useOpen();
  const { data: view } = useQuery({ ...customerQuery(customerId ?? ""), enabled: customerId !== null });
  const navigate = useNavigate();
  const parts = conversation.data?.parts;
  const records = view?.customer.ids;
  const listed = conversation.data?.id;
  useEffect(
    () => show({ conversationId, customerId, ...(parts && { parts }), ...(records && { records }) }),
    [conversationId, customerId, parts, records],
  );
  useEffect(() => {
    if (conversationId && listed && listed !== conversationId)
      void navigate({
        to: "/conversations/$conversationId",
        params: { conversationId: listed },
        search: (was: DeskSearch) => was,
        replace: true,
      });
  }, [conversationId, listed, navigate]);
  return null;
}
