// What only this package's own tests and benchmarks import.

export { utf8 } from "./charset.js";
export { begin, glue, loadLater, provide, told } from "./core.js";
export { header } from "./headers.js";
export * from "./index.js";
export { encode } from "./params.js";
