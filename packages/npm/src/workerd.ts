// A module of the runtime's own kind: workers must not compile bytes.
import module from "./xportcn.wasm";
import { provide } from "./core.js";

provide(() => module);

export * from "./index.js";
