// The words of generated/schemas.ts, read.

/** What a place holds. */
export type Holds = { readonly isNullable: boolean } & (
  | { readonly kind: Scalar }
  | { readonly kind: "list"; readonly element: Holds }
  | { readonly kind: "object"; readonly name: string }
);

/** What is no list and no object. */
export type Scalar = "any" | "amount" | "bool" | "float" | "id" | "int" | "text" | "time" | "number-code" | "text-code";

/** The fields of an object. */
export interface Fields {
  readonly fields: ReadonlyMap<string, { readonly holds: Holds; readonly isRequired: boolean }>;
  /** Whether there may be others. */
  readonly isOpen: boolean;
}

/** What a word says. */
export function holdsOf(word: string): Holds {
  const isNullable = word.endsWith("?");
  const plain = isNullable ? word.slice(0, -1) : word;
  if (plain.startsWith("[")) return { kind: "list", element: holdsOf(plain.slice(1, -1)), isNullable };
  return /^[A-Z]/.test(plain)
    ? { kind: "object", name: plain, isNullable }
    : { kind: plain as Scalar, isNullable: isNullable || plain === "any" };
}

/** The fields that a line says. */
export function fieldsOf(line: string): Fields {
  const words = line.split(" ").filter(Boolean);
  const fields = words
    .filter((word) => word !== "...")
    .map((word) => {
      const [, name = "", mark, holds = ""] = /^(\w+)(!?):(.*)$/.exec(word) ?? [];
      return [name, { holds: holdsOf(holds), isRequired: mark === "!" }] as const;
    });
  return { fields: new Map(fields), isOpen: words.includes("...") };
}
