import { createContext, useContext, useState } from "react";

/** What was unfolded in a story: entries leave the screen and come back as they were. */
export const Opened = createContext(new Map<string, boolean>());

/** A state that outlasts its component, by name. */
export function useOpened(name: string) {
  const kept = useContext(Opened);
  const [isOpen, setOpen] = useState(kept.get(name));
  const open = (is: boolean) => {
    kept.set(name, is);
    setOpen(is);
  };
  return [isOpen, open] as const;
}
