// Parameters that few programs give, and what is wrong with those that JSON would lose. It imports nothing that the rest
// imports, so that a page's scripts stay one file.

import type { ErrorFacts } from "./errors.js";

/** The id of the call, and what the rest of the package lends. */
export interface Tools {
  readonly id: string;
  /** Levels of values within values. */
  readonly deepest: number;
  isScalar(value: unknown): boolean;
  hasSymbols(value: object): boolean;
  refusal(facts: ErrorFacts, cause?: unknown): Error;
}

/** The value as JSON writes it, or an error with the path of what it cannot write. */
export function written(tools: Tools, value: unknown, path: string, depth: number, isWritten = false): unknown {
  const { isScalar, hasSymbols } = tools;
  const refuse = (reason: string, cause?: unknown) => invalid(tools, path, reason, cause);
  if (typeof value === "bigint") return String(value);
  if (isScalar(value)) return value;
  if (typeof value === "string") throw refuse("holds half a character, which cannot be sent");
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw refuse("is not a number");
    const why = value % 1 === 0 ? "is beyond 2^53 and has been rounded" : "has been calculated and rounded";
    throw refuse(`${why}; write it as text`);
  }
  if (typeof value !== "object" || value === null) throw refuse(`cannot be sent as ${kind(value)}`);
  if (depth > tools.deepest)
    throw invalid(tools, path.split(/[.[]/)[0] ?? "", "holds itself, or too much within itself");
  const inner = (name: string | number, at: string, isMember: boolean) => {
    let member: unknown;
    try {
      member = (value as Record<string | number, unknown>)[name];
    } catch (cause) {
      throw invalid(tools, at, "cannot be read", cause);
    }
    return isMember && member === undefined ? undefined : written(tools, member, at, depth + 1);
  };
  if (Array.isArray(value)) {
    const more = Object.keys(value).find((name) => !(Number(name) < value.length));
    if (more !== undefined)
      throw invalid(tools, path ? `${path}.${more}` : more, "is a member of a list, which has none");
    return Array.from(value, (_, at) => inner(at, `${path}[${at}]`, false));
  }
  const { toJSON } = value as { toJSON?: unknown };
  const tag = Object.prototype.toString.call(value);
  if (tag === "[object Date]" && Number.isNaN(Number(value))) throw refuse("is no valid date");
  if (typeof toJSON === "function" && !isWritten && !ArrayBuffer.isView(value)) {
    let given: unknown;
    try {
      given = toJSON.call(value, "");
    } catch (cause) {
      throw refuse("cannot be read", cause);
    }
    return written(tools, given, path, depth + 1, true);
  }
  if (/ (String|Number|Boolean|BigInt)\]$/.test(tag)) return written(tools, value.valueOf(), path, depth + 1);
  if (isLost(value)) throw refuse(`cannot be sent as ${kind(value)}; give a plain object, a list or text`);
  if (hasSymbols(value)) throw refuse("has a member whose name is a symbol, which cannot be sent");
  const entries = Object.keys(value).map((name) => {
    const at = path ? `${path}.${name}` : name;
    if (!isScalar(name)) throw invalid(tools, path, "has a name with half a character, which cannot be sent");
    return [name, inner(name, at, true)];
  });
  return Object.fromEntries(entries);
}

/** Whether what an object holds is not in its own members: a Map, a Promise, bytes, an error, private fields. */
function isLost(value: object): boolean {
  const { then } = value as { then?: unknown };
  const prototype: unknown = Object.getPrototypeOf(value);
  // A plain object of another realm, as in tests, has one prototype, too.
  const isRecord = prototype === null || Object.getPrototypeOf(prototype) === null;
  const isContainer = Symbol.iterator in value || Symbol.asyncIterator in value || ArrayBuffer.isView(value);
  if (isContainer || value instanceof Error || typeof then === "function") return true;
  return !isRecord && Object.keys(value).length === 0;
}

function kind(value: unknown): string {
  if (typeof value !== "object") return typeof value;
  const { name } = Object((value as { constructor?: unknown } | null)?.constructor) as { name?: unknown };
  return typeof name === "string" && name ? name : "object";
}

function invalid({ id, refusal }: Tools, path: string, reason: string, cause?: unknown): Error {
  const text = `invalid request ${id}: ${path ? `\`${path}\`: ` : ""}${reason} (nothing was sent)`;
  return refusal({ kind: "InvalidRequest", text, endpoint: id, path, reason, isRetryable: false }, cause);
}
