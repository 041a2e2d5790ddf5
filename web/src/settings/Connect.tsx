import { useMutation } from "@tanstack/react-query";
import { Button } from "react-aria-components";
import { post } from "../api/client";
import type { Inbox } from "../api/types";
import { Icon } from "../parts/Icon";
import { Refused } from "../parts/Notice";

type Props = { inbox: Inbox; isAgain: boolean; isUnsaved: boolean };

/** Go to the provider, who asks for consent and sends back here. */
export function Connect({ inbox, isAgain, isUnsaved }: Props) {
  const ask = useMutation({
    mutationFn: () => post<{ url: string }>(`/api/inboxes/${inbox.id}/connect`),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  return (
    <>
      {ask.error && <Refused what="Not asked." error={ask.error} />}
      <Button
        className="btn sm"
        isDisabled={isUnsaved}
        isPending={ask.isPending || ask.isSuccess}
        onPress={() => ask.mutate()}
      >
        <Icon name="link" />
        {isAgain ? "Connect again" : "Connect"}
      </Button>{" "}
      {isUnsaved ? "Save your changes first." : "The provider asks you, and sends you back here."}
    </>
  );
}
