import { createRequire } from "node:module";

/**
 * A module of the runtime, when it is needed: to import `node:fs` loads streams, too, and takes longer than all of this
 * package.
 */
export function builtin<Name extends keyof Modules>(name: Name): Modules[Name] {
  // Node has it from 20.16 on.
  const found = process.getBuiltinModule?.(name) ?? createRequire(import.meta.url)(name);
  return found as Modules[Name];
}

interface Modules {
  "node:diagnostics_channel": typeof import("node:diagnostics_channel");
  "node:fs": typeof import("node:fs");
}
