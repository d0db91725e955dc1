import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { provide } from "./core.js";

provide(async () => WebAssembly.compile(await readFile(join(__dirname, "../xportcn.wasm"))));

export * from "./index.js";
