// What only this package's own tests and benchmarks import.

import type { Instance } from "./core/glue.js";
import { glue as latest } from "./instances.js";

export { utf8 } from "./charset.js";
export { begin, loadLater, provide, told } from "./core.js";
export { signed } from "./exchange.js";
export { header } from "./headers.js";
export * from "./index.js";
export { encode } from "./params.js";

/** The core's functions, as the latest instance has them. */
export const glue = {
  get Core() {
    return (latest() as Instance).Core;
  },
};
