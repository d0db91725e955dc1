// JSON values as literals of programming languages.
import { isObject, type Json } from "../form/value";

export interface Literals {
  none: string;
  yes: string;
  no: string;
  text(value: string): string;
  number(value: number): string;
  list(items: string[], indent: string): string;
  object(members: [string, string][], indent: string): string;
}

const STEP = "    ";

/** A value as a literal; lines after the first begin with the indent. */
export function literal(how: Literals, value: Json, indent = ""): string {
  if (value === null) return how.none;
  if (typeof value === "string") return how.text(value);
  if (typeof value === "number") return how.number(value);
  if (typeof value === "boolean") return value ? how.yes : how.no;
  const inner = indent + STEP;
  if (Array.isArray(value))
    return how.list(
      value.map((item) => literal(how, item, inner)),
      indent,
    );
  const members = isObject(value) ? Object.entries(value) : [];
  return how.object(
    members.map(([name, member]) => [name, literal(how, member, inner)]),
    indent,
  );
}

/** Items in lines of their own, between brackets; nothing between them where there are none. */
export function lines(open: string, items: string[], close: string, indent: string, comma = ","): string {
  if (!items.length) return open + close;
  return `${open}\n${items.map((item) => indent + STEP + item).join(`${comma}\n`)}${comma === "," ? comma : ""}\n${indent}${close}`;
}

const quoted = (text: string) => JSON.stringify(text);
const isName = (text: string) => /^[A-Za-z_]\w*$/.test(text);

export const TYPESCRIPT: Literals = {
  none: "null",
  yes: "true",
  no: "false",
  text: quoted,
  number: String,
  list: (items, indent) => lines("[", items, "]", indent),
  object: (members, indent) =>
    lines(
      "{",
      members.map(([name, value]) => `${isName(name) ? name : quoted(name)}: ${value}`),
      "}",
      indent,
    ),
};

export const PYTHON: Literals = {
  ...TYPESCRIPT,
  none: "None",
  yes: "True",
  no: "False",
  object: (members, indent) =>
    lines(
      "{",
      members.map(([name, value]) => `${quoted(name)}: ${value}`),
      "}",
      indent,
    ),
};

export const SWIFT: Literals = {
  ...TYPESCRIPT,
  none: "nil",
  // Its strings have no escapes of four digits but between braces.
  text: (text) =>
    quoted(text)
      .replace(/\\u([0-9a-f]{4})/g, "\\u{$1}")
      .replace(/\\[bf]/g, ""),
  number: (value) => (Number.isInteger(value) ? String(value) : `.number(Decimal(string: "${value}")!)`),
  object: (members, indent) =>
    members.length
      ? lines(
          "[",
          members.map(([name, value]) => `${quoted(name)}: ${value}`),
          "]",
          indent,
        )
      : "[:]",
};

export const JAVA: Literals = {
  ...TYPESCRIPT,
  number: (value) => (Number.isInteger(value) ? `${value}L` : String(value)),
  list: (items, indent) => lines("List.of(", items, ")", indent, ",").replace(/,(\n *\))$/, "$1"),
  object: (members, indent) =>
    lines(
      "Map.ofEntries(",
      members.map(([name, value]) => `Map.entry(${quoted(name)}, ${value})`),
      ")",
      indent,
    ).replace(/,(\n *\))$/, "$1"),
};
