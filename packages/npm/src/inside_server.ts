// As inside.ts, with what servers load.

import "./node.js";

export * from "./inside.js";
