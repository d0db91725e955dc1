// Where the reader is: `#/`, `#/call/ROW`, `#/sandbox`. Nothing else stands in the address.
import { computed, signal } from "@preact/signals";

export type Route = { view: "calls"; row?: string } | { view: "sandbox" };

const hash = signal(location.hash);
addEventListener("hashchange", () => {
  hash.value = location.hash;
});

export const route = computed<Route>(() => {
  const [, view, row] = hash.value.split("/");
  if (view === "sandbox") return { view };
  return view === "call" && row ? { view: "calls", row: decodeURIComponent(row) } : { view: "calls" };
});

export const callAddress = (row: string) => `#/call/${encodeURIComponent(row)}`;

export function goTo(address: string) {
  location.hash = address;
}

/** The token has done its work with the first answer, and need not stand in the history. */
export function hideToken() {
  if (location.search) history.replaceState(null, "", location.pathname + location.hash);
}
