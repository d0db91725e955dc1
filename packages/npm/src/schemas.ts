// Requests and replies as schemas by the interface that validators have in common (Standard Schema, version 1), for forms,
// routes and tests. The core stays the judge of what is sent.

import type { EndpointId, Endpoints } from "xportcn";
import { OBJECTS, ROWS } from "./generated/schemas.js";
import { type JsonSchema, jsonSchema } from "./json_schema.js";
import { nearest } from "./nearest.js";
import { fieldsOf, type Holds, holdsOf } from "./shapes.js";

/** What is wrong with a value, and where. */
export interface SchemaIssue {
  readonly message: string;
  readonly path: readonly PropertyKey[];
}

/** A schema of Standard Schema, version 1, which also gives JSON Schema. */
export interface Schema<T> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: "xportcn";
    readonly validate: (value: unknown) => { readonly value: T } | { readonly issues: readonly SchemaIssue[] };
    readonly types?: { readonly input: T; readonly output: T } | undefined;
    readonly jsonSchema: {
      readonly input: (options: { readonly target: string }) => JsonSchema;
      readonly output: (options: { readonly target: string }) => JsonSchema;
    };
  };
}

/** The parameters of a call. */
export type RequestOf<Id extends EndpointId> = NonNullable<Endpoints[Id]["send"][0]>;

/** The schema of what a call sends. */
export function requestSchema<Id extends EndpointId>(id: Id): Schema<RequestOf<Id>> {
  const [request] = rowOf(id);
  return schema({ kind: "object", name: request, isNullable: false }, true);
}

/** The schema of the data that answers a call. Fields that are not known are passed over. */
export function replySchema<Id extends EndpointId>(id: Id): Schema<Endpoints[Id]["data"]> {
  const [, reply] = rowOf(id);
  return schema(holdsOf(reply), false);
}

function rowOf(id: string): readonly [string, string] {
  const row = Object.hasOwn(ROWS, id) ? ROWS[id] : undefined;
  if (row !== undefined) return row;
  const near = nearest(id, Object.keys(ROWS));
  throw new RangeError(`no endpoint has the id \`${id}\`${near ? `; did you mean \`${near}\`?` : ""}`);
}

function schema<T>(holds: Holds, isSent: boolean): Schema<T> {
  const described = ({ target }: { readonly target: string }) => jsonSchema(holds, isSent, target);
  return {
    "~standard": {
      version: 1,
      vendor: "xportcn",
      validate: (value) => {
        const issues: SchemaIssue[] = [];
        check({ issues, isSent }, holds, value, []);
        return issues.length > 0 ? { issues } : { value: value as T };
      },
      jsonSchema: { input: described, output: described },
    },
  };
}

interface Run {
  readonly issues: SchemaIssue[];
  readonly isSent: boolean;
}

function check(run: Run, holds: Holds, value: unknown, path: readonly PropertyKey[]): void {
  const wrong = (message: string) => run.issues.push({ message, path });
  if (value === null && holds.isNullable) return;
  if (holds.kind === "list") {
    if (!Array.isArray(value)) return void wrong("must be a list");
    value.forEach((element, at) => {
      check(run, holds.element, element, [...path, at]);
    });
  } else if (holds.kind === "object") {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return void wrong("must be an object");
    checkFields(run, holds.name, value as Record<string, unknown>, path);
  } else {
    const [words, fits] = SCALARS[holds.kind];
    if (!fits(value, run.isSent)) wrong(`must be ${words}`);
  }
}

function checkFields(run: Run, name: string, value: Record<string, unknown>, path: readonly PropertyKey[]): void {
  const { fields, isOpen } = fieldsOf(OBJECTS[name] ?? "");
  for (const [field, { holds, isRequired }] of fields) {
    const member = Object.hasOwn(value, field) ? value[field] : undefined;
    if (member !== undefined && (member !== null || isRequired)) check(run, holds, member, [...path, field]);
    else if (isRequired) run.issues.push({ message: "is missing", path: [...path, field] });
  }
  if (!run.isSent || isOpen) return;
  for (const field of Object.keys(value).filter((field) => !fields.has(field) && value[field] !== undefined)) {
    const near = nearest(field, [...fields.keys()]);
    const message = `is no field here${near ? `; did you mean \`${near}\`?` : ""}`;
    run.issues.push({ message, path: [...path, field] });
  }
}

const isText = (value: unknown) => typeof value === "string";
const isWhole = (value: unknown) => Number.isSafeInteger(value);

/** Of each scalar, what it must be, and whether a value is. */
const SCALARS: Record<
  Exclude<Holds["kind"], "list" | "object">,
  readonly [string, (value: unknown, isSent: boolean) => boolean]
> = {
  any: ["anything that JSON has", (value) => value !== undefined && typeof value !== "function"],
  amount: [
    "a decimal number as text, as `12.50`",
    (value) => typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value),
  ],
  bool: ["true or false", (value) => typeof value === "boolean"],
  float: ["a number", (value) => Number.isFinite(value)],
  id: [
    "an id: text, a bigint or a whole number up to 2^53 - 1",
    (value, isSent) =>
      (typeof value === "string" && value !== "") || (isSent && (typeof value === "bigint" || isWhole(value))),
  ],
  int: [
    "a whole number",
    // Beyond 2^53 it is text in a reply.
    (value, isSent) => isWhole(value) || (!isSent && typeof value === "string" && /^-?\d+$/.test(value)),
  ],
  text: ["text", isText],
  time: [
    "a time, as `2024-08-01T12:00:00+08:00`",
    (value, isSent) =>
      value instanceof Date
        ? isSent && !Number.isNaN(Number(value))
        : typeof value === "string" && /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(value),
  ],
  "number-code": ["a code: a number or text", (value) => isWhole(value) || isText(value)],
  "text-code": ["a code: text", isText],
};
