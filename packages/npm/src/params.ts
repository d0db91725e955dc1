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
  const json = usual(given);
  return json === undefined ? unusual(id, given) : json;
}

/** The JSON of values of which it loses nothing. */
function usual(given: unknown): string | undefined {
  const found = { bigints: false };
  try {
    if (!isPlain(given, 0, found)) return undefined;
    // A function that looks at each value takes most of the time, and half a character is written as an escape.
    const json = found.bigints ? JSON.stringify(given, digits) : JSON.stringify(given);
    return json.includes("\\ud") && !isWhole(given) ? undefined : json;
  } catch {
    // A property that throws: which one is told below.
    return undefined;
  }
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

function isScalar(value: unknown): boolean {
  return typeof value === "string" ? !HALF.test(value) : isScalarButText(value);
}

function isScalarButText(value: unknown): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value) || isExact(value);
  return typeof value === "boolean" || typeof value === "bigint" || value === null;
}

/** A number holds any decimal of 15 digits; where there are more, it was calculated. */
function isExact(value: number): boolean {
  const cents = value * 100;
  if (Number.isSafeInteger(cents) && Math.abs(cents) < 1e15 && cents / 100 === value) return true;
  return value % 1 !== 0 && Number(value.toPrecision(15)) === value;
}

/** Whether there are only the most usual values within, of which JSON loses nothing but half a character. */
function isPlain(value: unknown, depth: number, found: { bigints: boolean }): boolean {
  if (typeof value === "string") return true;
  if (typeof value !== "object" || value === null) {
    if (typeof value === "bigint") found.bigints = true;
    return isScalarButText(value);
  }
  if (Array.isArray(value)) {
    if (depth > DEEPEST || "toJSON" in value || Object.keys(value).length !== value.length) return false;
    for (const element of value) if (!isPlain(element, depth + 1, found)) return false;
    return true;
  }
  if (value instanceof Date && value.toJSON === Date.prototype.toJSON) return !Number.isNaN(+value);
  if (depth > DEEPEST || "toJSON" in value || Object.getPrototypeOf(value) !== Object.prototype) return false;
  if (hasSymbols(value)) return false;
  for (const name in value) {
    const member = (value as Record<string, unknown>)[name];
    if (member !== undefined && !isPlain(member, depth + 1, found)) return false;
  }
  return true;
}

/** Whether no text and no name within plain values has half a character. */
function isWhole(value: unknown): boolean {
  if (typeof value === "string") return isScalar(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([name, member]) => isScalar(name) && isWhole(member));
}

/** Whether members have symbols for names; those that libraries hide are not enumerable. */
function hasSymbols(value: object): boolean {
  const symbols = Object.getOwnPropertySymbols(value);
  return symbols.length > 0 && symbols.some((name) => Object.prototype.propertyIsEnumerable.call(value, name));
}
