// A call as code of this SDK, in every language that has a package.
import { isObject, type Json } from "../form/value";
import { known } from "../state";
import type { Field, Kind, Row, Shape } from "../tables";
import { JAVA, lines, literal, PYTHON, SWIFT, TYPESCRIPT } from "./literal";

export interface Sample {
  id: string;
  name: string;
  code: string;
}

/** The account is in the environment; on a sandbox the address is, too. */
export function ownSamples(row: Row, params: Json): Sample[] {
  return [
    { id: "typescript", name: "TypeScript", code: typescript(row, params) },
    { id: "python", name: "Python", code: python(row, params) },
    { id: "rust", name: "Rust", code: rust(row, params) },
    { id: "kotlin", name: "Kotlin", code: kotlin(row, params) },
    { id: "java", name: "Java", code: java(row, params) },
    { id: "swift", name: "Swift", code: swift(row, params) },
    { id: "shell", name: "Shell", code: shell(row, params) },
  ];
}

const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

const text = (params: Json) => JSON.stringify(params, null, 4);

function typescript(row: Row, params: Json): string {
  const way = row.id.split(".").map(camel).join(".");
  return `import { Xportcn } from "xportcn";

const client = new Xportcn();
const data = await client.${way}(${literal(TYPESCRIPT, params)});
console.log(data);
`;
}

function python(row: Row, params: Json): string {
  const call = pythonCall(row, params);
  const imports = call.group ? `from xportcn.models import ${call.group}\n` : "";
  return `from xportcn import Client
${imports}
with Client() as client:
    data = ${call.code}
    print(data)
`;
}

/** By names where all fields are in the table and have plain types, and else by the id. */
function pythonCall(row: Row, params: Json): { code: string; group?: string } {
  const shape = known().objects[row.request];
  const indent = "    ";
  if (!shape || !isObject(params) || !isTyped(shape, params)) {
    return { code: `client.request(${JSON.stringify(row.id)}, ${literal(PYTHON, params, indent)})` };
  }
  const groups = new Set<string>();
  const given = pythonMembers(shape, params, indent, groups);
  const [group] = groups;
  const code = lines(`client.${row.id}(`, given, ")", indent);
  return group ? { code, group } : { code };
}

function pythonMembers(shape: Shape, given: { [name: string]: Json }, indent: string, groups: Set<string>): string[] {
  return Object.entries(given).map(([name, value]) => {
    const field = shape.fields.find((one) => one.name === name) as Field;
    return `${field.names?.python ?? name}=${pythonValue(field.kind, value, `${indent}    `, groups)}`;
  });
}

function pythonValue(kind: Kind, value: Json, indent: string, groups: Set<string>): string {
  if (typeof kind === "object" && "list" in kind && Array.isArray(value)) {
    const items = value.map((item) => pythonValue(kind.list, item, `${indent}    `, groups));
    return lines("[", items, "]", indent);
  }
  if (typeof kind === "object" && "object" in kind && isObject(value)) {
    const shape = known().objects[kind.object] as Shape;
    const group = shape.names?.group ?? "";
    groups.add(group);
    return lines(`${group}.${shape.name}(`, pythonMembers(shape, value, indent, groups), ")", indent);
  }
  return literal(PYTHON, value, indent);
}

function isTyped(shape: Shape, given: { [name: string]: Json }): boolean {
  return Object.entries(given).every(([name, value]) => {
    const field = shape.fields.find((one) => one.name === name);
    return field !== undefined && fits(field.kind, value);
  });
}

function fits(kind: Kind, value: Json): boolean {
  if (kind === "time" || kind === "any" || value === null) return false;
  if (kind === "int") return typeof value === "number";
  if (typeof kind === "string" || "code" in kind) return typeof value !== "object";
  if ("list" in kind) return Array.isArray(value) && value.every((item) => fits(kind.list, item));
  const shape = known().objects[kind.object];
  return shape?.names?.group !== undefined && isObject(value) && isTyped(shape, value);
}

function rust(row: Row, params: Json): string {
  const given = text(params);
  const hashes = given.includes('"#') ? "##" : "#";
  return `use xportcn::{Client, Error};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let client = Client::from_env()?;
    let params = r${hashes}"${given}"${hashes};
    let reply = client.send_json(${JSON.stringify(row.id)}, params).await?;
    println!("{}", reply.data);
    Ok(())
}
`;
}

function kotlin(row: Row, params: Json): string {
  const given = text(params).replace(/\$/g, "${'$'}");
  return `import io.github.xportcn.XportcnClient
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonObject

suspend fun main() {
    val params = Json.parseToJsonElement("""${given}""").jsonObject
    XportcnClient.fromEnv().use { client ->
        println(client.request(${JSON.stringify(row.id)}, params).data)
    }
}
`;
}

function java(row: Row, params: Json): string {
  return `import io.github.xportcn.java.JavaClient;
import java.util.List;
import java.util.Map;

public final class Call {
    public static void main(String[] arguments) {
        try (JavaClient client = JavaClient.fromEnv()) {
            Map<String, Object> params = ${literal(JAVA, params, "            ")};
            System.out.println(client.request(${JSON.stringify(row.id)}, params).getJson());
        }
    }
}
`;
}

function swift(row: Row, params: Json): string {
  return `import Xportcn

let client = try XportcnClient.fromEnv()
let reply = try await client.request(${JSON.stringify(row.id)}, ${literal(SWIFT, params)})
print(reply.json)
`;
}

function shell(row: Row, params: Json): string {
  return `xportcn call ${row.id} --json - <<'END'
${text(params)}
END
`;
}
