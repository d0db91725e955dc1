import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { provide } from "./core.js";
import { takeEnvironment } from "./environment.js";
import { readFailures } from "./failures.js";
import { read } from "./reading.js";
import { tellFetch } from "./transport.js";

declare const Deno: {
  createHttpClient?: (options: { poolMaxIdlePerHost: number }) => unknown;
  version: { deno: string };
  env: { get(name: string): string | undefined };
  permissions: { querySync(asked: { name: string; variable?: string; path?: string }): { state: string } };
};

// On a connection that was used before, Deno itself sends a request again that may have arrived.
const client = Deno.createHttpClient?.({ poolMaxIdlePerHost: 0 });
if (client !== undefined) tellFetch({ client });
readFailures(read);
// What is not allowed is not asked for: a library must not have the program stop for a question.
const isGranted = (asked: { name: string; variable?: string; path?: string }) =>
  Deno.permissions.querySync(asked).state === "granted";
takeEnvironment(
  `deno/${Deno.version.deno}`,
  (variable) => (isGranted({ name: "env", variable }) ? Deno.env.get(variable) : undefined),
  (path) => {
    if (!isGranted({ name: "read", path })) throw new Error("it needs --allow-read");
    return readFileSync(path, "utf8");
  },
);

async function found(name: "calls" | "later", file: string) {
  try {
    return await WebAssembly.compile(await readFile(new URL(file, import.meta.url)));
  } catch {
    // Where the package is not on the disk, as from JSR.
    const { embedded } = await import("./embedded.js");
    return await WebAssembly.compile(embedded(name));
  }
}

provide(
  () => found("calls", "./xportcn.wasm"),
  () => found("later", "./xportcn-later.wasm"),
);

export * from "./index.js";
