import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { get, post, remove } from "../../api/client";
import type { WholeMacro } from "../../api/types";
import { offerUndo } from "../../shell/toasts";
import { valuesOfWords, wordsOf } from "./words";

/** Keep words no longer; for ten seconds they can be had back. */
export function useRemove(macro: WholeMacro) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const read = () => client.invalidateQueries({ queryKey: ["macros", "all"] });
  const name = `“${macro.name}”`;
  const back = async (was: WholeMacro) => {
    try {
      await post("/api/macros", wordsOf(valuesOfWords(was)));
      offerUndo(`macro:${macro.id}`, `${name} is kept again`);
    } catch (error) {
      offerUndo(`macro:${macro.id}`, `${name} is not back. ${(error as Error).message}`);
    }
    await read();
  };
  return useMutation({
    mutationFn: async () => {
      const was = await get<WholeMacro>(`/api/macros/${macro.id}`);
      await remove(`/api/macros/${macro.id}`);
      return was;
    },
    onSuccess: async (was) => {
      await navigate({ to: "/settings/words", ignoreBlocker: true });
      offerUndo(`macro:${macro.id}`, `${name} is kept no more`, () => void back(was));
      await read();
    },
  });
}
