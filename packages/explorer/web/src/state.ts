// What all views share.
import { computed, signal } from "@preact/signals";
import type { Refused, Session } from "./api";
import type { Row, Tables } from "./tables";

export const tables = signal<Tables | null>(null);
export const session = signal<Session | null>(null);
/** Why the page could not be opened. */
export const failed = signal<Refused | null>(null);

export const rowsById = computed(() => new Map((tables.value?.rows ?? []).map((row) => [row.id, row])));

/** The tables, within what is shown only when they are there. */
export function known(): Tables {
  if (!tables.value) throw new Error("the tables are not there yet");
  return tables.value;
}

export const rowOf = (id: string): Row | undefined => rowsById.value.get(id);
