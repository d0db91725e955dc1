import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readConnects } from "./connects.js";
import { provide } from "./core.js";
import { takeEnvironment } from "./environment.js";

async function found(name: "calls" | "later", file: () => string) {
  try {
    return await WebAssembly.compile(await readFile(file()));
  } catch {
    const { embedded } = require("./embedded.js") as typeof import("./embedded.js");
    return await WebAssembly.compile(embedded(name));
  }
}

const { bun, node } = process.versions;
// Loaded when they are needed, as in node.ts.
readConnects(() => require("node:diagnostics_channel"));
takeEnvironment(
  bun ? `bun/${bun}` : `node/${node}`,
  (name) => process.env[name],
  (file) => require("node:fs").readFileSync(file, "utf8") as string,
);
provide(
  () => found("calls", () => join(__dirname, "../xportcn.wasm")),
  () => found("later", () => join(__dirname, "../xportcn-later.wasm")),
);

export * from "./index.js";
