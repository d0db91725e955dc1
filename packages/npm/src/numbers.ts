// Ids, amounts and whole numbers are text where a number would round them: compared by their value, and exactly.

import type { Amount, Id, Int } from "xportcn";

const DECIMAL = /^(-?)0*(\d*)(?:\.(\d*?)0*)?$/;

/**
 * Below 0 where the first is less, above 0 where it is more, and 0 where they are equal, as `"12.50"` and `"12.5"`: a
 * function for `sort`. What is no decimal number is a RangeError.
 */
export function compare(one: Id | Amount | Int | bigint, other: Id | Amount | Int | bigint): number {
  const [a, b] = [parts(one), parts(other)];
  const places = Math.max(a.decimals.length, b.decimals.length);
  const difference = scaled(a, places) - scaled(b, places);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

interface Parts {
  readonly sign: string;
  readonly whole: string;
  readonly decimals: string;
}

function parts(number: string | number | bigint): Parts {
  const [, sign = "", whole = "", decimals = ""] = DECIMAL.exec(String(number)) ?? [];
  if (!/\d/.test(String(number)) || !DECIMAL.test(String(number))) {
    throw new RangeError(`${JSON.stringify(String(number))} is no decimal number`);
  }
  return { sign, whole, decimals };
}

function scaled({ sign, whole, decimals }: Parts, places: number): bigint {
  const digits = BigInt(whole + decimals.padEnd(places, "0") || "0");
  return sign ? -digits : digits;
}
