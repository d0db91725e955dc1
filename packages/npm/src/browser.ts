import { provide } from "./core.js";
import { tellFetch } from "./transport.js";

// A server's word on caching or cookies has no place in a signed call.
tellFetch({ cache: "no-store", credentials: "omit" });
provide(() => fetch(new URL("./xportcn.wasm", import.meta.url)));

export * from "./index.js";
