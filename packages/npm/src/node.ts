import { readFile } from "node:fs/promises";
import { builtin } from "./builtin.js";
import { readConnects } from "./connects.js";
import { provide } from "./core.js";
import { takeEnvironment } from "./environment.js";

async function found(name: "calls" | "later", file: () => URL) {
  try {
    return await WebAssembly.compile(await readFile(file()));
  } catch {
    const { embedded } = await import("./embedded.js");
    return await WebAssembly.compile(embedded(name));
  }
}

const { bun, node } = process.versions;
readConnects(() => builtin("node:diagnostics_channel"));
takeEnvironment(
  bun ? `bun/${bun}` : `node/${node}`,
  (name) => process.env[name],
  (file) => builtin("node:fs").readFileSync(file, "utf8"),
);
provide(
  () => found("calls", () => new URL("./xportcn.wasm", import.meta.url)),
  () => found("later", () => new URL("./xportcn-later.wasm", import.meta.url)),
);

export * from "./index.js";
