import { keepName } from "./copies.js";
import * as glue from "./core/glue.js";
import { fromCore, LoadError } from "./errors.js";
import type { FetchResponse, Module } from "./runtime.js";
import { optionsJson, settingsJson } from "./settings.js";
import type { CallOptions, ClientOptions } from "./types.js";

/** What the core's WebAssembly module can be made of. */
export type CoreSource = Module | ArrayBuffer | ArrayBufferView | FetchResponse;

/** Where this runtime finds the module. Each entry of the package provides its own. */
let find: (() => CoreSource | PromiseLike<CoreSource>) | undefined;
let loading: Promise<void> | undefined;
/** Whether this runtime's fetch may send a request again on its own. */
let resends = false;

/** Tells where the module is, without loading it, and whether fetch may send a request again on its own. */
export function provide(source: () => CoreSource | PromiseLike<CoreSource>, fetchResends = false): void {
  find = source;
  resends = fetchResends;
}

/**
 * Loads the core now rather than with the first call. It is loaded once, whoever asks first.
 *
 * Without an argument it is found beside the package's own files. Where a bundler moves those apart, give the module:
 * the file `xportcn/xportcn.wasm`, as bytes, as an answer of fetch, or compiled.
 */
export function load(source?: CoreSource | PromiseLike<CoreSource>): Promise<void> {
  loading ??= instantiate(source).catch((cause: unknown) => {
    loading = undefined;
    throw cause instanceof LoadError ? cause : failed(words(cause), cause);
  });
  return loading;
}

keepName(load, "load");

async function instantiate(given?: CoreSource | PromiseLike<CoreSource>): Promise<void> {
  const source = await (given ?? find?.());
  if (source === undefined) throw failed("no entry of the package was loaded");
  const module = await compiled(source);
  // The module asks for its imports under this name.
  const { exports } = await WebAssembly.instantiate(module, { "./xportcn_wasm_bg.js": { ...glue } as never });
  glue.__wbg_set_wasm(exports);
  (exports.__wbindgen_start as () => void)();
}

async function compiled(source: unknown): Promise<WebAssembly.Module> {
  // Before a look at `Response`, which Node would load for it.
  if (source instanceof WebAssembly.Module) return source;
  if (typeof Response !== "function" || !(source instanceof Response)) {
    return WebAssembly.compile(source as ArrayBuffer);
  }
  if (!source.ok) throw failed(`HTTP ${source.status} for ${source.url}`);
  const streams = source.headers.get("content-type") === "application/wasm";
  return streams ? WebAssembly.compileStreaming(source) : WebAssembly.compile(await source.arrayBuffer());
}

/** What cannot be loaded. */
export function failed(why: string, cause?: unknown): LoadError {
  return new LoadError({ kind: "Load", text: `the core's WebAssembly module cannot be loaded: ${why}` }, cause);
}

function words(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
}

/** Checked settings, once the core is there. */
export async function makeCore(settings: ClientOptions): Promise<glue.Core> {
  await load();
  return told(() => new glue.Core(settingsJson(settings)));
}

/** Begins a call. */
export function begin(core: glue.Core, id: string, params: string, options: CallOptions | undefined): glue.Exchange {
  const exchange = told(() => core.call(id, params, optionsJson(options)));
  if (resends) exchange.mayResend();
  return exchange;
}

/** What the core gives, with its errors as this package's. */
export function told<T>(ask: () => T): T {
  try {
    return ask();
  } catch (thrown) {
    throw fromCore(thrown);
  }
}

export { glue };
