import { provide } from "./core.js";
import { tellFetch } from "./transport.js";

// A server's word on caching or cookies has no place in a signed call.
tellFetch({ cache: "no-store", credentials: "omit" });
// Browsers send a request again that may have arrived, where a connection breaks that was used before.
provide(
  () => fetch(new URL("./xportcn.wasm", import.meta.url)),
  () => fetch(new URL("./xportcn-later.wasm", import.meta.url)),
  true,
);

export * from "./index.js";
