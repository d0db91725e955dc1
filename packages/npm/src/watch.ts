import type { Signal } from "./runtime.js";

/** What waits for a signal: one listener for all calls, for runtimes warn of many on one signal. */
interface Watch {
  readonly acts: Set<() => void>;
  readonly listener: () => void;
}

const watches = new WeakMap<Signal, Watch>();

/** Acts when the signal is aborted, until the function that it gives is called. */
export function onAbort(signal: Signal | null | undefined, act: () => void): () => void {
  if (!signal) return () => {};
  let watch = watches.get(signal);
  if (watch === undefined) {
    const acts = new Set<() => void>();
    const listener = () => {
      for (const one of [...acts]) one();
    };
    watch = { acts, listener };
    watches.set(signal, watch);
    signal.addEventListener("abort", watch.listener);
  }
  const { acts, listener } = watch;
  acts.add(act);
  return () => {
    acts.delete(act);
    if (acts.size > 0 || watches.get(signal)?.acts !== acts) return;
    watches.delete(signal);
    try {
      signal.removeEventListener("abort", listener);
    } catch {
      // A signal of another's making must not cost an answer.
    }
  };
}
