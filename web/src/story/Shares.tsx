import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "react-aria-components";
import { get } from "../api/client";
import type { Shared, Side } from "../api/types";
import { Refused } from "../parts/Notice";
import { mayWrite, useMe } from "../shell/useMe";
import { useSeparate } from "./useMatter";
import { useUnmerge } from "./useUnmerge";

type Props = { of: string; link: string; one: string; other: string };

const words = ({ kind, what, by_name }: Shared) =>
  kind === "note" ? `Note: “${what}”` : `${by_name ?? "Doorstep"} ${what} it`;

/** Take two apart again. What belongs to both is given to one of them, or to both. */
export function Shares({ of, link, one, other }: Props) {
  const may = mayWrite(useMe());
  const [choices, setChoices] = useState<Record<string, Side>>({});
  const separate = useSeparate();
  const unmerge = useUnmerge();
  const end = of.startsWith("/api/joins") ? separate : unmerge;
  const ask = useMutation({
    mutationFn: () => get<Shared[]>(`${of}/shared`),
    onSuccess: (items) => {
      if (items.length === 0) end.mutate({ link });
    },
  });
  const items = ask.data ?? [];
  if (!may) return null;
  if (items.length === 0)
    return (
      <>
        <Button className="aslink xs" isPending={ask.isPending} onPress={() => ask.mutate()}>
          Take apart
        </Button>
        {ask.error && <Refused what="Not taken apart." error={ask.error} />}
      </>
    );
  return (
    <div className="shares">
      <p className="m xs">This was done to both. Whose is it now?</p>
      {items.map((item) => (
        <label key={item.id} className="row">
          <span className="cut grow">{words(item)}</span>
          <select
            className="input"
            value={choices[item.id] ?? "both"}
            onChange={(event) => setChoices({ ...choices, [item.id]: event.target.value as Side })}
          >
            <option value="both">of both</option>
            <option value="one">{one}</option>
            <option value="other">{other}</option>
          </select>
        </label>
      ))}
      <span className="row">
        <Button className="btn sm" isPending={end.isPending} onPress={() => end.mutate({ link, choices })}>
          Take apart
        </Button>
        <Button className="btn quiet sm" onPress={() => ask.reset()}>
          Leave it
        </Button>
      </span>
    </div>
  );
}
