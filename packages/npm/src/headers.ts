import { HEADERS } from "./generated/headers.js";

/** The headers of an answer: those of fetch, or pairs, or an object. */
export type AnswerHeaders =
  | { get(name: string): string | null }
  | Iterable<readonly [string, string]>
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/** Of an answer, all but its body. */
export interface AnswerHead {
  /** The HTTP status. */
  readonly status: number;
  /** The headers, by their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** An answer's status and headers, of which a copy is made where they are looked at. */
export function headOf(status: number, given: AnswerHeaders): AnswerHead {
  return {
    status,
    get headers() {
      const all: Record<string, string> = {};
      try {
        for (const name of [...HEADERS, ...[...pairs(given)].map(([name]) => String(name).toLowerCase())]) {
          const value = header(given, name);
          if (value !== undefined) all[name] = value;
        }
      } catch {
        // Those of a transport of the program's own may not be headers at all.
      }
      return all;
    },
  };
}

/** A header by its name in lower case. What a transport of another's making gives must not cost the answer. */
export function header(headers: unknown, name: string): string | undefined {
  try {
    const given = Object(headers) as { get?: unknown };
    let value: unknown = typeof given.get === "function" ? (given as { get(name: string): unknown }).get(name) : null;
    if (value == null) {
      for (const [key, content] of pairs(given)) if (String(key).toLowerCase() === name) value = content;
    }
    if (Array.isArray(value)) [value] = value;
    return value == null ? undefined : String(value);
  } catch {
    return undefined;
  }
}

function pairs(headers: unknown): Iterable<readonly [unknown, unknown]> {
  const given = Object(headers) as { [Symbol.iterator]?: unknown };
  return typeof given[Symbol.iterator] === "function"
    ? (given as Iterable<readonly [unknown, unknown]>)
    : Object.entries(given);
}
