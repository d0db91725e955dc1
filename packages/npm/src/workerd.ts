// Modules of the runtime's own kind: workers must not compile bytes.

import { provide } from "./core.js";
import { takeEnvironment } from "./environment.js";
import { readFailures } from "./failures.js";
import { read } from "./reading.js";
import calls from "./xportcn.wasm";
import later from "./xportcn-later.wasm";

readFailures(read);
// Where the worker's flags have it.
takeEnvironment(
  "workerd",
  (name) => (globalThis as { process?: { env?: Record<string, string> } }).process?.env?.[name],
);
provide(
  () => calls,
  () => later,
);

export * from "./index.js";
