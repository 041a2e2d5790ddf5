import { singleKeys } from "../shell/choices";
import { allVerbs, type Verb } from "./verbs";

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** A key as its button shows it: "mod+enter" is ⌘↵ or Ctrl ↵. */
export function keyWords(key: string): string {
  const mod = isMac ? "⌘" : "Ctrl ";
  const last = key.replace("mod+", "").replace("enter", "↵").toUpperCase();
  return key.startsWith("mod+") ? mod + last : last;
}

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]") !==
      null
  );
}

function pressed(event: KeyboardEvent): string {
  const mod = event.metaKey || event.ctrlKey ? "mod+" : "";
  return mod + event.key.toLowerCase();
}

function isMeantHere({ within }: Verb, target: EventTarget | null): boolean {
  if (!within) return true;
  return target instanceof Element && target.closest(`[data-pane-name="${within}"]`) !== null;
}

function meant(event: KeyboardEvent): Verb | undefined {
  const key = pressed(event);
  const single = !key.startsWith("mod+");
  if (event.altKey || event.isComposing) return undefined;
  const verbs = allVerbs().filter((each) => each.key === key && isMeantHere(each, event.target));
  const verb = verbs.findLast(({ within }) => within) ?? verbs.at(-1);
  if (!verb || verb.anywhere) return verb;
  if (key === "enter" && event.target !== document.body) return undefined;
  if (typing(event.target) || document.querySelector("[role=dialog], [role=menu]")) return undefined;
  return single && key.length === 1 && !singleKeys() ? undefined : verb;
}

/** Do what a key says, wherever it is pressed; one listener for the whole desk. */
export function listenToKeys(): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    const verb = meant(event);
    if (!verb) return;
    event.preventDefault();
    verb.run();
  };
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}
