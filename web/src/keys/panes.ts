const PANES = ["bar", "rail", "queue", "story", "composer", "facts", "settings", "page", "beside"];

const pane = (name: string) => document.querySelector<HTMLElement>(`[data-pane-name="${name}"]`);

const isShown = (element: HTMLElement) =>
  element.offsetParent !== null || element.getClientRects().length > 0;

/** Put the focus into a pane: on what it holds, else on the pane itself. */
export function focusPane(name: string): boolean {
  const found = pane(name);
  if (!found || !isShown(found)) return false;
  const first = found.querySelector<HTMLElement>("[data-pane-focus]") ?? found;
  first.focus();
  return true;
}

/** Let go of the queue: the story has the focus, and J and K still move. */
export const focusStory = () => pane("story")?.focus({ preventScroll: true });

/** The pane after the one that holds the focus, round and round. */
export function nextPane(step: 1 | -1): void {
  const holder = document.activeElement?.closest<HTMLElement>("[data-pane-name]");
  const here = PANES.indexOf(holder?.dataset.paneName ?? "");
  const start = here < 0 && step < 0 ? 0 : here;
  for (let n = 1; n <= PANES.length; n++) {
    const name = PANES[(start + step * n + PANES.length * 2) % PANES.length];
    if (name && focusPane(name)) return;
  }
}
