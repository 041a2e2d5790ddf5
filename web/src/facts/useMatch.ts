import { useMutation, useQueryClient } from "@tanstack/react-query";
import { post } from "../api/client";
import type { Match } from "../api/types";

/** Say that both are one person, or that they are not; the page is read again after either. */
export function useMatch(customerId: string, match: Match) {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: ["customer", customerId] });
  const why = match.reasons
    .filter(({ weight }) => weight > 0)
    .map(({ what }) => what)
    .join(", ");
  const same = useMutation({
    mutationFn: () => post(`/api/customers/${customerId}/merge`, { with: match.customer_id, why }),
    onSuccess,
  });
  const other = useMutation({
    mutationFn: () => post(`/api/customers/${customerId}/matches/${match.customer_id}/refuse`),
    onSuccess,
  });
  return { same, other };
}
