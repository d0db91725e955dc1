import { readFile } from "node:fs/promises";
import { join } from "node:path";
import "./connects.js";
import { provide } from "./core.js";

provide(async () => {
  try {
    return await WebAssembly.compile(await readFile(join(__dirname, "../xportcn.wasm")));
  } catch {
    const { embedded } = require("./embedded.js") as typeof import("./embedded.js");
    return await WebAssembly.compile(embedded());
  }
});

export * from "./index.js";
