// What a page loads only where parameters are unusual or wrong, a transport of its own
// fails, or the log is to tell more than warnings. It imports nothing that the rest imports, so that a page's scripts stay one file.

export { logged } from "./logged.js";
export { read } from "./reading.js";
export { written } from "./written.js";
