/** Milliseconds without a key after which something is kept. */
const REST = 1200;
const waiting = new Map<string, { timer: number; run: () => Promise<void> }>();

async function runNow(name: string): Promise<void> {
  const one = waiting.get(name);
  if (!one) return;
  waiting.delete(name);
  window.clearTimeout(one.timer);
  await one.run();
}

/** Do it when nothing more was asked under its name for a moment; what was asked before is not done. */
export function later(name: string, run: () => Promise<void>): void {
  window.clearTimeout(waiting.get(name)?.timer);
  waiting.set(name, { timer: window.setTimeout(() => void runNow(name), REST), run });
}

/** Leave it undone. */
export function never(name: string): void {
  window.clearTimeout(waiting.get(name)?.timer);
  waiting.delete(name);
}

/** Do all that waits, before it is too late. */
export const allNow = () => Promise.all([...waiting.keys()].map(runNow));
