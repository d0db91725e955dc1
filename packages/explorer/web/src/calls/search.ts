// Which rows have some words: in their names, their fields or their descriptions, in English or Chinese.
import type { Kind, Row, Tables } from "../tables";
import { objectIn } from "../tables";
import { titles } from "../words/titles";

export interface Found {
  row: Row;
  /** The field that has the word, where the name has not; empty where only the description has. */
  at?: string;
}

interface Indexed {
  row: Row;
  name: string;
  fields: [string, string][];
  text: string;
}

const indexes = new WeakMap<Tables, Indexed[]>();

/** The rows with all words, those first that have them in their names. */
export function find(tables: Tables, rows: Row[], words: string): Found[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (!wanted.length) return rows.map((row) => ({ row }));
  const allowed = new Set(rows);
  const found: (Found & { rank: number })[] = [];
  for (const one of index(tables)) {
    if (!allowed.has(one.row)) continue;
    const hit = match(one, wanted);
    if (hit) found.push({ row: one.row, ...hit });
  }
  return found.sort((a, b) => a.rank - b.rank);
}

function match(one: Indexed, wanted: string[]): { rank: number; at?: string } | undefined {
  let rank = 0;
  let at: string | undefined;
  for (const word of wanted) {
    if (one.name.includes(word)) continue;
    const field = one.fields.find(([lower]) => lower.includes(word));
    if (field) {
      rank = Math.max(rank, 1);
      at = field[1];
    } else if (one.text.includes(word)) {
      rank = Math.max(rank, 2);
      at ??= "";
    } else {
      return undefined;
    }
  }
  return { rank, at };
}

function index(tables: Tables): Indexed[] {
  const known = indexes.get(tables);
  if (known) return known;
  const made = tables.rows.map((row) => {
    const fields = new Map<string, string>();
    const docs: string[] = [row.about];
    const seen = new Set<number>();
    walk(tables, { object: row.request }, seen, fields, docs);
    walk(tables, row.reply, seen, fields, docs);
    const name = [row.id, row.id.replace(/[._]/g, " "), row.title, row.path, titles[row.id] ?? ""].join("\n");
    return { row, name: name.toLowerCase(), fields: [...fields], text: docs.join("\n").toLowerCase() };
  });
  indexes.set(tables, made);
  return made;
}

function walk(tables: Tables, kind: Kind, seen: Set<number>, fields: Map<string, string>, docs: string[]) {
  const at = objectIn(kind);
  if (at === undefined || seen.has(at)) return;
  seen.add(at);
  for (const field of tables.objects[at]?.fields ?? []) {
    fields.set(field.name.toLowerCase(), field.name);
    if (field.wire) fields.set(field.wire.toLowerCase(), field.wire);
    if (field.doc) docs.push(field.doc);
    walk(tables, field.kind, seen, fields, docs);
  }
}
