// Sums of money in digits. All arithmetic is of whole fen.

/** Whole fen of an amount in a unit; undefined where it is none. */
export function fenOf(amount: unknown, unit: "fen" | "yuan"): bigint | undefined {
  const text = String(amount ?? "");
  const parts = /^(\d{1,15})(?:\.(\d+))?$/.exec(text);
  if (!parts) return undefined;
  const [, whole = "", rest = ""] = parts;
  const places = unit === "yuan" ? 2 : 0;
  if (/[1-9]/.test(rest.slice(places))) return undefined;
  return BigInt(whole + rest.slice(0, places).padEnd(places, "0"));
}

/** As 12.50. */
export function yuanText(fen: bigint): string {
  return `${fen / 100n}.${String(fen % 100n).padStart(2, "0")}`;
}
