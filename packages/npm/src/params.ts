import { InvalidRequestError, misuse } from "./errors.js";

/** Levels of values within values, far more than any request has. */
const DEEPEST = 100;
const HALF = /\p{Surrogate}/u;

/**
 * The parameters of a call as JSON. What JSON has no form for is refused with its path: it would be left out, emptied or
 * rounded, and a call go out without the id that it is about. A bigint is written as its digits.
 */
export function encode(id: string, params: unknown): string {
  if (typeof id !== "string") throw misuse("the id of an endpoint is text, as `taobao.order.get`");
  const given = params ?? {};
  return JSON.stringify(isUsual(given) ? given : written(id, given, "", 0));
}

function isUsual(given: unknown): boolean {
  try {
    return isPlain(given, 0);
  } catch {
    // A property that throws: which one is told below.
    return false;
  }
}

function isScalar(value: unknown): boolean {
  if (typeof value === "string") return !HALF.test(value);
  // Fifteen digits are what a number holds of any decimal: more stand there where it was calculated.
  if (typeof value === "number") {
    // A number holds any decimal of 15 digits; where there are more, it was calculated.
    return Number.isSafeInteger(value) || (value % 1 !== 0 && Number(value.toPrecision(15)) === value);
  }
  return typeof value === "boolean" || value === null;
}

/** Whether there are only the most usual values within, of which JSON loses nothing. */
function isPlain(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return isScalar(value);
  if (depth > DEEPEST || "toJSON" in value) return false;
  if (Array.isArray(value)) {
    return Object.keys(value).length === value.length && value.every((element) => isPlain(element, depth + 1));
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  if (hasSymbols(value)) return false;
  for (const [name, member] of Object.entries(value)) {
    if (member !== undefined && !(isScalar(name) && isPlain(member, depth + 1))) return false;
  }
  return true;
}

/** The value as JSON writes it, or an error with the path of what it cannot write. */
function written(id: string, value: unknown, path: string, depth: number, isWritten = false): unknown {
  const refuse = (reason: string, cause?: unknown) => invalid(id, path, reason, cause);
  if (isScalar(value)) return value;
  if (typeof value === "bigint") return String(value);
  if (typeof value === "string") throw refuse("holds half a character, which cannot be sent");
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw refuse("is not a number");
    const why = value % 1 === 0 ? "is beyond 2^53 and has been rounded" : "has been calculated and rounded";
    throw refuse(`${why}; write it as text`);
  }
  if (typeof value !== "object" || value === null) throw refuse(`cannot be sent as ${kind(value)}`);
  if (depth > DEEPEST) throw invalid(id, path.split(/[.[]/)[0] ?? "", "holds itself, or too much within itself");
  const inner = (name: string | number, at: string, isMember: boolean) => {
    let member: unknown;
    try {
      member = (value as Record<string | number, unknown>)[name];
    } catch (cause) {
      throw invalid(id, at, "cannot be read", cause);
    }
    return isMember && member === undefined ? undefined : written(id, member, at, depth + 1);
  };
  if (Array.isArray(value)) {
    const more = Object.keys(value).find((name) => !(Number(name) < value.length));
    if (more !== undefined) throw invalid(id, path ? `${path}.${more}` : more, "is a member of a list, which has none");
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
    return written(id, given, path, depth + 1, true);
  }
  if (/ (String|Number|Boolean|BigInt)\]$/.test(tag)) return written(id, value.valueOf(), path, depth + 1);
  if (isLost(value)) throw refuse(`cannot be sent as ${kind(value)}; give a plain object, a list or text`);
  if (hasSymbols(value)) throw refuse("has a member whose name is a symbol, which cannot be sent");
  const entries = Object.keys(value).map((name) => {
    const at = path ? `${path}.${name}` : name;
    if (HALF.test(name)) throw invalid(id, path, "has a name with half a character, which cannot be sent");
    return [name, inner(name, at, true)];
  });
  return Object.fromEntries(entries);
}

/** Whether members have symbols for names; those that libraries hide are not enumerable. */
function hasSymbols(value: object): boolean {
  return Object.getOwnPropertySymbols(value).some((name) => Object.prototype.propertyIsEnumerable.call(value, name));
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

function invalid(endpoint: string, path: string, reason: string, cause?: unknown): InvalidRequestError {
  const text = `invalid request ${endpoint}: ${path ? `\`${path}\`: ` : ""}${reason} (nothing was sent)`;
  return new InvalidRequestError({ kind: "InvalidRequest", text, endpoint, path, reason, isRetryable: false }, cause);
}
