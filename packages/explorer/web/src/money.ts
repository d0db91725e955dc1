// Sums of money, in digits and in words. All arithmetic is of whole fen.

const ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
  " ",
);
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const SCALES: [bigint, string][] = [
  [1_000_000_000n, "billion"],
  [1_000_000n, "million"],
  [1_000n, "thousand"],
];
const DIGITS = "零壹贰叁肆伍陆柒捌玖";

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

/** As "twelve yuan and fifty fen". */
export function englishSum(fen: bigint): string {
  const [yuan, rest] = [fen / 100n, fen % 100n];
  const parts = [];
  if (yuan || !rest) parts.push(`${english(yuan)} yuan`);
  if (rest) parts.push(`${english(rest)} fen`);
  return parts.join(" and ");
}

function english(number: bigint): string {
  if (number < 20n) return ONES[Number(number)] ?? "";
  if (number < 100n) {
    const tens = TENS[Number(number / 10n) - 2] ?? "";
    return number % 10n ? `${tens}-${english(number % 10n)}` : tens;
  }
  if (number < 1000n) {
    const hundreds = `${english(number / 100n)} hundred`;
    return number % 100n ? `${hundreds} and ${english(number % 100n)}` : hundreds;
  }
  for (const [size, name] of SCALES) {
    if (number >= size) {
      const rest = number % size;
      const head = `${english(number / size)} ${name}`;
      if (!rest) return head;
      return `${head}${rest < 100n ? " and " : " "}${english(rest)}`;
    }
  }
  return "";
}

/** As 壹拾贰元伍角, in the digits of cheques. */
export function chineseSum(fen: bigint): string {
  const [yuan, jiao, rest] = [fen / 100n, Number((fen / 10n) % 10n), Number(fen % 10n)];
  let text = yuan || !fen ? `${chinese(yuan)}元` : "";
  if (!jiao && !rest) return `${text}整`;
  if (jiao) text += `${DIGITS[jiao]}角`;
  else if (yuan) text += "零";
  if (rest) text += `${DIGITS[rest]}分`;
  return text;
}

function chinese(number: bigint): string {
  if (!number) return "零";
  const groups: string[] = [];
  const names = ["", "万", "亿", "万亿"];
  let rest = number;
  for (let at = 0; rest; at += 1, rest /= 10_000n) groups.push(group(rest % 10_000n, names[at] ?? "", rest >= 10_000n));
  return groups.reverse().join("").replace(/零+/g, "零").replace(/零$/, "");
}

function group(number: bigint, name: string, hasMore: boolean): string {
  if (!number) return "零";
  const units = ["仟", "佰", "拾", ""];
  const digits = String(number).padStart(4, "0");
  let text = "";
  for (const [at, digit] of [...digits].entries()) {
    text += digit === "0" ? "零" : `${DIGITS[Number(digit)]}${units[at]}`;
  }
  text = text.replace(/零+/g, "零").replace(/零$/, "");
  return (hasMore ? text : text.replace(/^零/, "")) + name;
}
