/** The headers of an answer: those of fetch, or pairs, or an object. */
export type AnswerHeaders =
  | { get(name: string): string | null }
  | Iterable<readonly [string, string]>
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/** A header by its name in lower case. What a transport of another's making gives must not cost the answer. */
export function header(headers: unknown, name: string): string | undefined {
  try {
    const given = Object(headers) as { get?: unknown; [Symbol.iterator]?: unknown };
    let value: unknown = typeof given.get === "function" ? (given as { get(name: string): unknown }).get(name) : null;
    if (value == null) {
      const pairs =
        typeof given[Symbol.iterator] === "function" ? (given as Iterable<[unknown, unknown]>) : Object.entries(given);
      for (const [key, content] of pairs) if (String(key).toLowerCase() === name) value = content;
    }
    if (Array.isArray(value)) [value] = value;
    return value == null ? undefined : String(value);
  } catch {
    return undefined;
  }
}
