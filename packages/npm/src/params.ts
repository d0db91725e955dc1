import { unusualScript } from "./core.js";
import { fromFacts, misuse } from "./errors.js";

/** Levels of values within values, far more than any request has. */
const DEEPEST = 100;
const HALF = /\p{Surrogate}/u;

/**
 * The parameters of a call as JSON. What JSON has no form for is refused with its path: it would be left out, emptied or
 * rounded, and a call go out without the id that it is about. A bigint is written as its digits.
 */
export function encode(id: string, params: unknown): string | Promise<string> {
  if (typeof id !== "string") throw misuse("the id of an endpoint is text, as `taobao.order.get`");
  const given = params ?? {};
  return isUsual(given) ? JSON.stringify(given, digits) : unusual(id, given);
}

/** What few programs give, or is wrong. */
async function unusual(id: string, given: unknown): Promise<string> {
  const { written } = await unusualScript();
  const tools = { deepest: DEEPEST, isScalar, hasSymbols, refusal: fromFacts };
  return JSON.stringify(written({ ...tools, id }, given, "", 0));
}

function digits(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
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
  if (typeof value === "number") {
    // A number holds any decimal of 15 digits; where there are more, it was calculated.
    return Number.isSafeInteger(value) || (value % 1 !== 0 && Number(value.toPrecision(15)) === value);
  }
  return typeof value === "boolean" || typeof value === "bigint" || value === null;
}

/** Whether there are only the most usual values within, of which JSON loses nothing. */
function isPlain(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return isScalar(value);
  if (value instanceof Date && value.toJSON === Date.prototype.toJSON) return !Number.isNaN(+value);
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

/** Whether members have symbols for names; those that libraries hide are not enumerable. */
function hasSymbols(value: object): boolean {
  return Object.getOwnPropertySymbols(value).some((name) => Object.prototype.propertyIsEnumerable.call(value, name));
}
