import { readFile } from "node:fs/promises";
import { provide } from "./core.js";
import { tellFetch } from "./transport.js";

declare const Deno: { createHttpClient?: (options: { poolMaxIdlePerHost: number }) => unknown };

// On a connection that was used before, Deno itself sends a request again that may have arrived.
const client = Deno.createHttpClient?.({ poolMaxIdlePerHost: 0 });
if (client !== undefined) tellFetch({ client });
provide(
  async () => WebAssembly.compile(await readFile(new URL("./xportcn.wasm", import.meta.url))),
  async () => WebAssembly.compile(await readFile(new URL("./xportcn-later.wasm", import.meta.url))),
);

export * from "./index.js";
