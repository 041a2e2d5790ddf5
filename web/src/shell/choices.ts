import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

function read(name: string): string {
  try {
    return localStorage.getItem(`doorstep.${name}`) ?? "";
  } catch {
    return "";
  }
}

function write(name: string, value: string): void {
  try {
    localStorage.setItem(`doorstep.${name}`, value);
  } catch (error) {
    console.info("This browser keeps no choices:", error);
  }
  for (const each of listeners) each();
}

function listen(onChange: () => void) {
  listeners.add(onChange);
  return () => {
    listeners.delete(onChange);
  };
}

export type Theme = "" | "light" | "dark";

/** The theme someone chose; "" follows the system. */
export const useTheme = () => useSyncExternalStore(listen, () => read("theme") as Theme);

export function chooseTheme(theme: Theme): void {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  write("theme", theme);
}

/** Whether single letters are keys (WCAG 2.1.4: they can be switched off). */
export const singleKeys = () => read("keys") !== "off";
export const useSingleKeys = () => useSyncExternalStore(listen, singleKeys);
export const chooseSingleKeys = (on: boolean) => write("keys", on ? "on" : "off");
