// A module of the runtime's own kind: workers must not compile bytes.

import { provide } from "./core.js";
import module from "./xportcn.wasm";

provide(() => module);

export * from "./index.js";
