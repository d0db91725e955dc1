// A button that does what only a seller, a carrier or the clock does, and says why it could not.
import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { act, Refused } from "../api";
import { say } from "../words";

/** Why the last act was refused, for the one place that says it. */
export const refusal = signal<string | null>(null);
export const announced = signal("");

export async function perform(path: string, body: unknown = {}): Promise<boolean> {
  try {
    await act(path, body);
    refusal.value = null;
    announced.value = `${say("done")}: ${path}`;
    return true;
  } catch (error) {
    refusal.value = error instanceof Refused ? error.message || say("notOpened") : String(error);
    return false;
  }
}

export function Act({ path, body, children }: { path: string; body?: unknown; children: ComponentChildren }) {
  return (
    <button type="button" class="quiet" onClick={() => void perform(path, body)}>
      {children}
    </button>
  );
}

/** What screen readers are told, and what was refused. */
export function Told() {
  return (
    <>
      <p class="unseen" role="status">
        {announced.value}
      </p>
      <div role="alert">{refusal.value && <p class="problem">{refusal.value}</p>}</div>
    </>
  );
}
