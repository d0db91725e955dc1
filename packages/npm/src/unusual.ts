// What a page loads only where parameters are unusual or wrong, or a transport of its own fails. It imports nothing that the
// rest imports, so that a page's scripts stay one file.

export { read } from "./reading.js";
export { written } from "./written.js";
