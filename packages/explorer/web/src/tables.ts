// What the program knows of the platform: rows, objects and codes, as bindings/codegen writes them.

export type Kind =
  | "amount"
  | "any"
  | "bool"
  | "float"
  | "id"
  | "int"
  | "text"
  | "time"
  | { code: number }
  | { list: Kind }
  | { object: number };

export interface Names {
  rust?: string;
  python?: string;
  kotlin?: string;
  swift?: string;
  group?: string;
}

export interface Field {
  name: string;
  kind: Kind;
  /** Its name on the wire, where that is another. */
  wire?: string;
  required?: boolean;
  unit?: "fen" | "yuan";
  form?: "text" | "number" | "embedded";
  names?: Names;
  doc?: string;
}

export interface Shape {
  name: string;
  fields: Field[];
  about?: string;
  names?: Names;
  /** Whether further fields are taken. */
  extra?: boolean;
}

export interface Codes {
  name: string;
  /** Each value with its meaning. */
  values: [string, string][];
  numeric?: boolean;
  names?: Names;
}

export type Effect = "create" | "change" | "pay" | "cancel" | "message" | "upload";

export interface Row {
  id: string;
  title: string;
  about: string;
  method: string;
  path: string;
  writes: boolean;
  /** Of the path, of the request's fields, of the reply's. */
  evidence: [string, string, string];
  request: number;
  reply: Kind;
  example: Record<string, unknown>;
  effect?: Effect;
  pages?: boolean;
  signedQuery?: boolean;
}

export interface Group {
  id: string;
  title: string;
  about: string;
}

export interface Tables {
  groups: Group[];
  rows: Row[];
  objects: Shape[];
  codes: Codes[];
  evidence: { path: Record<string, string>; fields: Record<string, string> };
}

/** Paths that somebody has published. */
const PROVEN = new Set(["seed", "reference", "client", "sister", "key-account"]);

export const isProven = (row: Row) => PROVEN.has(row.evidence[0]);

export const groupOf = (row: Row) => row.id.slice(0, row.id.indexOf("."));

export async function loadTables(): Promise<Tables> {
  const answer = await fetch("/tables.json");
  if (!answer.ok) throw new Error(`tables.json: HTTP ${answer.status}`);
  return answer.json();
}

/** The object that a kind holds, by itself or in a list. */
export function objectIn(kind: Kind): number | undefined {
  if (typeof kind === "string") return undefined;
  if ("object" in kind) return kind.object;
  return "list" in kind ? objectIn(kind.list) : undefined;
}

/** A kind in words, as `list of id`. */
export function kindName(tables: Tables, kind: Kind): string {
  if (typeof kind === "string") return kind;
  if ("list" in kind) return `${kindName(tables, kind.list)}[]`;
  if ("code" in kind) return tables.codes[kind.code]?.numeric ? "code (int)" : "code (text)";
  return "object";
}
