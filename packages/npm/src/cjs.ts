import { readFile } from "node:fs/promises";
import { join } from "node:path";
import "./connects.js";
import { provide } from "./core.js";

async function found(name: "calls" | "later", file: () => string) {
  try {
    return await WebAssembly.compile(await readFile(file()));
  } catch {
    const { embedded } = require("./embedded.js") as typeof import("./embedded.js");
    return await WebAssembly.compile(embedded(name));
  }
}

provide(
  () => found("calls", () => join(__dirname, "../xportcn.wasm")),
  () => found("later", () => join(__dirname, "../xportcn-later.wasm")),
);

export * from "./index.js";
