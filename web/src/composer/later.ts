/** Milliseconds without a key after which something is kept. */
const REST = 1200;

type Run = (signal: AbortSignal) => Promise<void>;
const waiting = new Map<string, { timer: number; run: Run }>();
const running = new Map<string, { stop: AbortController; done: Promise<void> }>();

async function afterIt(before: Promise<void> | undefined, run: Run, { signal }: AbortController) {
  await before;
  if (!signal.aborted) await run(signal);
}

/** One after the other: what is asked for now begins when what runs under its name has ended. */
async function runNow(name: string): Promise<void> {
  const one = waiting.get(name);
  if (!one) return;
  waiting.delete(name);
  window.clearTimeout(one.timer);
  const before = running.get(name);
  const stop = before && !before.stop.signal.aborted ? before.stop : new AbortController();
  const mine = { stop, done: afterIt(before?.done, one.run, stop) };
  running.set(name, mine);
  await mine.done.finally(() => {
    if (running.get(name) === mine) running.delete(name);
  });
}

/** Do it when nothing more was asked under its name for a moment; what was asked before is not done. */
export function later(name: string, run: Run): void {
  window.clearTimeout(waiting.get(name)?.timer);
  waiting.set(name, { timer: window.setTimeout(() => void runNow(name), REST), run });
}

/** Leave it undone. What runs already is told so by its signal; resolves when it has ended. */
export async function never(name: string): Promise<void> {
  window.clearTimeout(waiting.get(name)?.timer);
  waiting.delete(name);
  const now = running.get(name);
  now?.stop.abort();
  await now?.done;
}

/** Do all that waits, before it is too late. */
export async function allNow(): Promise<void> {
  for (const name of waiting.keys()) void runNow(name);
  await Promise.all([...running.values()].map(({ done }) => done));
}
