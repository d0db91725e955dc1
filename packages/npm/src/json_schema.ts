import { OBJECTS } from "./generated/schemas.js";
import { fieldsOf, type Holds, type Scalar } from "./shapes.js";

/** A schema as JSON Schema has it. */
export type JsonSchema = Record<string, unknown>;

const DIALECTS: Readonly<Record<string, string>> = {
  "draft-2020-12": "https://json-schema.org/draft/2020-12/schema",
  "draft-07": "http://json-schema.org/draft-07/schema#",
};

/** What a place holds, in JSON Schema, with the objects that it needs. */
export function jsonSchema(holds: Holds, isSent: boolean, target: string): JsonSchema {
  const dialect = DIALECTS[target];
  if (dialect === undefined)
    throw new RangeError(`there is no JSON Schema of \`${target}\`, but ${Object.keys(DIALECTS).join(", ")}`);
  const at = target === "draft-07" ? "definitions" : "$defs";
  const objects: Record<string, JsonSchema> = {};
  const described = (holds: Holds): JsonSchema => {
    if (holds.kind === "list") return nullable(holds, { type: "array", items: described(holds.element) });
    if (holds.kind !== "object") return nullable(holds, scalar(holds.kind, isSent));
    const { name } = holds;
    if (objects[name] === undefined) {
      objects[name] = {};
      objects[name] = object(name, described);
    }
    return nullable(holds, { $ref: `#/${at}/${name}` });
  };
  const object = (name: string, described: (holds: Holds) => JsonSchema): JsonSchema => {
    const { fields, isOpen } = fieldsOf(OBJECTS[name] ?? "");
    const properties: Record<string, JsonSchema> = {};
    const required: string[] = [];
    for (const [field, { holds, isRequired }] of fields) {
      properties[field] = described({ ...holds, isNullable: holds.isNullable || !isRequired });
      if (isRequired) required.push(field);
    }
    const rest = required.length > 0 ? { required } : {};
    return { type: "object", properties, ...rest, additionalProperties: isOpen || !isSent };
  };
  const root = described(holds);
  return { $schema: dialect, ...root, [at]: objects };
}

function nullable({ isNullable, kind }: Holds, schema: JsonSchema): JsonSchema {
  return isNullable && kind !== "any" ? { anyOf: [schema, { type: "null" }] } : schema;
}

function scalar(kind: Scalar, isSent: boolean): JsonSchema {
  switch (kind) {
    case "any":
      return {};
    case "amount":
      return { type: "string", pattern: "^-?\\d+(\\.\\d+)?$" };
    case "bool":
      return { type: "boolean" };
    case "float":
      return { type: "number" };
    case "id":
      return isSent ? { anyOf: [{ type: "string", minLength: 1 }, whole()] } : { type: "string", minLength: 1 };
    case "int":
      return isSent ? whole() : { anyOf: [whole(), { type: "string", pattern: "^-?\\d+$" }] };
    case "number-code":
      return { anyOf: [whole(), { type: "string" }] };
    case "text":
    case "text-code":
      return { type: "string" };
    case "time":
      return { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d" };
  }
}

/** No number beyond these is exact. */
function whole(): JsonSchema {
  return { type: "integer", minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };
}
