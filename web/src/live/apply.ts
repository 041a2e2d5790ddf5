import type { QueryClient } from "@tanstack/react-query";
import type { Channel, CustomerView } from "../api/types";
import { announce } from "./announce";
import type { Effect } from "./reduce";

const GAP = 200;
const waiting = new Map<string, number>();
const lastRead = new Map<string, number>();

/** Read again at once; a burst of changes to one thing is read at most every 200 ms, and once at its end. */
async function readAgain(client: QueryClient, key: string[]): Promise<void> {
  const name = key.join("/");
  const wait = (lastRead.get(name) ?? 0) + GAP - Date.now();
  if (wait > 0) {
    if (!waiting.has(name))
      waiting.set(
        name,
        window.setTimeout(() => {
          waiting.delete(name);
          void readAgain(client, key);
        }, wait),
      );
    return;
  }
  lastRead.set(name, Date.now());
  await client.invalidateQueries({ queryKey: key });
}

function tell(client: QueryClient, customerId: string, entryId: string): void {
  const view = client.getQueryData<CustomerView>(["customer", customerId]);
  const entry = view?.story.entries.find(({ id }) => id === entryId);
  if (!view || entry?.direction !== "in") return;
  const channels = client.getQueryData<Channel[]>(["channels"]);
  const channel = channels?.find(({ key }) => key === entry.channel)?.label ?? "";
  announce(`New from ${entry.sender?.name || view.customer.name}, ${channel}`);
}

/** Carry out what a change asks. */
export async function apply(client: QueryClient, effects: Effect[]): Promise<void> {
  await Promise.all(
    effects.map((effect) =>
      "read" in effect
        ? readAgain(client, "id" in effect ? [effect.read, effect.id] : [effect.read])
        : undefined,
    ),
  );
  for (const effect of effects) if ("tell" in effect) tell(client, effect.customerId, effect.entryId);
}
