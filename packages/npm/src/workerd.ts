// Modules of the runtime's own kind: workers must not compile bytes.

import { provide } from "./core.js";
import calls from "./xportcn.wasm";
import later from "./xportcn-later.wasm";

provide(
  () => calls,
  () => later,
);

export * from "./index.js";
