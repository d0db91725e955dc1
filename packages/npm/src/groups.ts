import { keepName } from "./copies.js";
import { CALLS } from "./generated/calls.js";

/** A call as {@link CALLS} has it. */
export interface Row {
  readonly id: string;
  /** The field that holds a page's items, where there are pages. */
  readonly items: string | undefined;
  /** What the data is where the platform sends null: an object or a list is there even then. */
  absent(): unknown;
}

/** What the calls of a client are made of. */
export interface Maker {
  call(row: Row): object;
  wait(of: string): object;
}

/** The names of the groups. */
export const GROUPS: readonly string[] = Object.keys(CALLS);

/** The calls of a group by their names, or by those of its sections. */
export function group(name: string, maker: Maker): object {
  const calls = CALLS[name] ?? "";
  if (typeof calls === "string") return section(name, calls, maker);
  const made = Object.entries(calls).map(([part, calls]) => [part, section(`${name}.${part}`, calls, maker)]);
  return Object.fromEntries(made);
}

/** The call of an id. */
export function row(id: string): Row {
  const [name = "", ...parts] = camel(String(id)).split(".");
  const calls = CALLS[name];
  const list: unknown = typeof calls === "string" ? calls : calls?.[parts[0] ?? ""];
  const written = typeof list === "string" && list.split(" ").find((call) => /^\w+/.exec(call)?.[0] === parts.at(-1));
  return read(id, written || "?");
}

function section(section: string, calls: string, maker: Maker): object {
  const made = calls.split(" ").map((call) => {
    const [name = ""] = /^\w+/.exec(call) ?? [];
    const of = snake(section);
    const made = call.endsWith("!") ? maker.wait(of) : maker.call(read(`${of}.${snake(name)}`, call));
    return [name, keepName(made, name)];
  });
  return Object.fromEntries(made);
}

function read(id: string, call: string): Row {
  const absent = () => (call.endsWith("?") ? null : call.endsWith("[]") ? [] : {});
  return { id, items: /\+(\w+)/.exec(call)?.[1], absent };
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}

function camel(id: string): string {
  return id.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
