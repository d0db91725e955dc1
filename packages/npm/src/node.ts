import { readFile } from "node:fs/promises";
import "./connects.js";
import { provide } from "./core.js";

provide(async () => {
  try {
    return await WebAssembly.compile(await readFile(new URL("./xportcn.wasm", import.meta.url)));
  } catch {
    const { embedded } = await import("./embedded.js");
    return await WebAssembly.compile(embedded());
  }
});

export * from "./index.js";
