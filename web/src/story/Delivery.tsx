import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "react-aria-components";
import { post } from "../api/client";
import type { StoryEntry } from "../api/types";
import { now, useTicking } from "../live/clock";
import { Icon } from "../parts/Icon";
import { span } from "../words/time";

function Queued({ at }: { at: string | null }) {
  const words = useTicking(() => {
    const left = at ? Date.parse(at) - now() : 0;
    return left > 0 ? `goes out in ${span(left + 999)}` : "going out";
  });
  return (
    <span className="m">
      <Icon name="clock" /> {words}
    </span>
  );
}

function Failed({ entry }: { entry: StoryEntry }) {
  const client = useQueryClient();
  const retry = useMutation({
    mutationFn: () => post(`/api/replies/${entry.id}/retry`),
    onSuccess: () => client.invalidateQueries({ queryKey: ["customer"] }),
  });
  return (
    <>
      <span className="tag broken">Not delivered</span>
      <span className="m">{retry.error ? retry.error.message : entry.delivery_detail}</span>
      <Button className="aslink xs" onPress={() => retry.mutate()} isPending={retry.isPending}>
        Try again
      </Button>
    </>
  );
}

/** How far our reply has come. */
export function Delivery({ entry }: { entry: StoryEntry }) {
  if (entry.delivery === "failed") return <Failed entry={entry} />;
  if (entry.delivery === "bounced")
    return (
      <>
        <span className="tag broken">Came back</span>
        <span className="m">{entry.delivery_detail}</span>
      </>
    );
  if (entry.delivery === "queued") return <Queued at={entry.send_at ?? null} />;
  if (entry.delivery !== "sent") return null;
  return (
    <>
      <span className="m">
        <Icon name="check" /> sent
      </span>
      {entry.delivery_detail && <span className="tag soon">{entry.delivery_detail}</span>}
    </>
  );
}
