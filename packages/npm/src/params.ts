import { InvalidRequestError } from "./errors.js";

/** Digits of a whole number that may be too large to be exact, outside of text or in it. */
const LONG = /[:[,]-?\d{16}|e\+|null/;

/**
 * The parameters of a call as JSON. What JavaScript would change on the way there is refused: a whole number beyond 2^53
 * has been rounded already, and NaN would become null. A bigint is written as its digits.
 */
export function encode(id: string, params: unknown): string {
  let json: string | undefined;
  try {
    json = JSON.stringify(params ?? {});
  } catch {
    // A bigint, or an object within itself.
  }
  if (json !== undefined && !LONG.test(json)) return json;
  return JSON.stringify(checked(id, params ?? {}, "", []));
}

function checked(id: string, value: unknown, path: string, around: readonly object[]): unknown {
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw invalid(id, path, "is not a number");
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
      throw invalid(id, path, "is beyond 2^53 and has been rounded; write it as text");
    }
    return value;
  }
  if (typeof value !== "object" || value === null) return value;
  if (around.includes(value)) throw invalid(id, path, "holds itself");
  const inner = [...around, value];
  const { toJSON } = value as { toJSON?: unknown };
  if (value instanceof Date && Number.isNaN(value.getTime())) throw invalid(id, path, "is no valid date");
  if (typeof toJSON === "function") return checked(id, toJSON.call(value, ""), path, inner);
  if (Array.isArray(value)) return value.map((element, at) => checked(id, element, `${path}[${at}]`, inner));
  const entries = Object.entries(value).map(([name, member]) => {
    return [name, checked(id, member, path ? `${path}.${name}` : name, inner)];
  });
  return Object.fromEntries(entries);
}

function invalid(endpoint: string, path: string, reason: string): InvalidRequestError {
  const text = `invalid request ${endpoint}: ${path ? `\`${path}\`: ` : ""}${reason} (nothing was sent)`;
  return new InvalidRequestError({ kind: "InvalidRequest", text, endpoint, path, reason, isRetryable: false });
}
