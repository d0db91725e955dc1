import { readFile } from "node:fs/promises";
import { provide } from "./core.js";

provide(async () => WebAssembly.compile(await readFile(new URL("./xportcn.wasm", import.meta.url))));

export * from "./index.js";
