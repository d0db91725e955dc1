declare const kind: unique symbol;

/** Text with a meaning. Plain text may stand in its place, but not text with another meaning. */
type Text<Kind extends string> = string & { readonly [kind]?: Kind };

/** An identifier. It has up to 19 digits, which a number would round: it is always text. */
export type Id = Text<"id">;

/**
 * An identifier to send: text, a bigint, or a whole number up to 2^53 - 1. What is beyond, a number has rounded, and is
 * refused.
 */
export type IdLike = Id | bigint | number;

/** An exact decimal number in the platform's own unit, as `12.50`. Never a number, which would round it. */
export type Amount = Text<"amount">;

/** A moment in RFC 3339 with its offset, as `2024-08-01T12:00:00+08:00`. `new Date(time)` reads it. */
export type Time = Text<"time">;

/** A whole number; text where it is beyond 2^53 and a number would round it. */
export type Int = number | (string & {});

/** Any JSON, as `JSON.parse` gives it. Whole numbers beyond 2^53 are text. */
// biome-ignore lint/suspicious/noExplicitAny: as JSON.parse has it
export type Json = any;
