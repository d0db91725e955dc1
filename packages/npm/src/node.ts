import { readFile } from "node:fs/promises";
import "./connects.js";
import { provide } from "./core.js";

async function found(name: "calls" | "later", file: () => URL) {
  try {
    return await WebAssembly.compile(await readFile(file()));
  } catch {
    const { embedded } = await import("./embedded.js");
    return await WebAssembly.compile(embedded(name));
  }
}

provide(
  () => found("calls", () => new URL("./xportcn.wasm", import.meta.url)),
  () => found("later", () => new URL("./xportcn-later.wasm", import.meta.url)),
);

export * from "./index.js";
