// What a page loads only if it looks for a lost write, or reads or signs a pushed message. It imports nothing that the rest imports, so
// that a page's scripts stay one file.

export * from "./core/later.js";
export { signed } from "./push_signed.js";
export { received } from "./pushed.js";
export { drive } from "./recovery.js";
