import { readFile } from "node:fs/promises";
import { provide } from "./core.js";

provide(() => readFile(new URL("./xportcn.wasm", import.meta.url)));

export * from "./index.js";
