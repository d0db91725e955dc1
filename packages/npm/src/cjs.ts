import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import "./connects.js";
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
takeEnvironment(
  bun ? `bun/${bun}` : `node/${node}`,
  (name) => process.env[name],
  (file) => readFileSync(file, "utf8"),
);
provide(
  () => found("calls", () => join(__dirname, "../xportcn.wasm")),
  () => found("later", () => join(__dirname, "../xportcn-later.wasm")),
);

export * from "./index.js";
