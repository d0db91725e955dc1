import { keepName } from "./copies.js";
import type * as glue from "./core/glue.js";
import type { Shapes } from "./core/later.js";
import { fromCore, LoadError } from "./errors.js";
import * as instances from "./instances.js";
import type { FetchResponse, Module } from "./runtime.js";
import { optionsJson, settingsJson } from "./settings.js";
import type { CallOptions, ClientOptions } from "./types.js";

/** What a WebAssembly module of the core can be made of. */
export type CoreSource = Module | ArrayBuffer | ArrayBufferView | FetchResponse;

type Given = CoreSource | PromiseLike<CoreSource>;

/** A module of the core, which is loaded once, whoever asks first. */
class Part {
  /** Where this runtime finds it. Each entry of the package provides its own. */
  find: (() => Given) | undefined;
  readonly #absent: string;
  #loading: Promise<void> | undefined;

  constructor(absent: string) {
    this.#absent = absent;
  }

  load(begin: (module: WebAssembly.Module) => Promise<void>, given?: Given): Promise<void> {
    this.#loading ??= this.#begin(begin, given).catch((cause: unknown) => {
      this.#loading = undefined;
      throw cause instanceof LoadError ? cause : failed(words(cause), cause);
    });
    return this.#loading;
  }

  async #begin(begin: (module: WebAssembly.Module) => Promise<void>, given: Given | undefined): Promise<void> {
    const source = await (given ?? this.find?.());
    if (source === undefined) throw failed(this.#absent);
    await begin(await compiled(source));
  }
}

const calls = new Part("no entry of the package was loaded");
/** What few programs need. */
const later = new Part("give the file `xportcn/xportcn-later.wasm` as the second argument of `load`");
/** Whether this runtime's fetch may send a request again on its own. */
let resends = false;

/**
 * Tells where the modules are, without loading them, and whether fetch may send a request again on its own.
 */
export function provide(source: () => Given, laterSource?: () => Given, fetchResends = false): void {
  calls.find = source;
  later.find = laterSource;
  resends = fetchResends;
}

/**
 * Loads the core now rather than with the first call. It is loaded once, whoever asks first.
 *
 * Without an argument it is found beside the package's own files. Where a bundler moves those apart, give the module:
 * the file `xportcn/xportcn.wasm`, as bytes, as an answer of fetch, or compiled. Pushed messages and the search for lost
 * writes have a module of their own, `xportcn/xportcn-later.wasm`, which is loaded when it is needed: give it as the second
 * argument, or a function that fetches it then.
 */
export async function load(source?: Given, laterSource?: Given | (() => Given)): Promise<void> {
  if (laterSource !== undefined) {
    later.find = typeof laterSource === "function" ? (laterSource as () => Given) : () => laterSource;
  }
  await calls.load(instances.begin, source);
}

keepName(load, "load");

/** The JavaScript of what is unusual. */
export async function unusualScript(): Promise<typeof import("./unusual.js")> {
  return await import("./unusual.js").catch(absent);
}

/** The JavaScript of what few programs need. Its functions of the core work once {@link loadLater} has loaded the module. */
export async function laterScript(): Promise<typeof import("./later.js")> {
  return await import("./later.js").catch(absent);
}

function absent(cause: unknown): never {
  throw failed("a file of the package is not there", cause);
}

/** The functions of the core that few programs need. */
export async function loadLater(): Promise<typeof import("./core/later.js")> {
  const script = await laterScript();
  await later.load(async (module) => void (await instances.instantiated(module, script)));
  return script;
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
  return new LoadError({ message: `the core's WebAssembly module cannot be loaded: ${why}`, cause });
}

function words(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
}

/** Is told of an answer: its status, and its body in UTF-8. */
export type Observer = (status: number, body: Uint8Array) => void;

/** The core of a client, with its settings: made again where the instance that it is in was replaced. */
export class ClientCore {
  readonly #settings: ClientOptions;
  #core: glue.Core | undefined;
  #glue: glue.Instance | undefined;
  #shapes: Shapes | undefined;

  /** Values are checked at once where the core is loaded. */
  constructor(settings: ClientOptions) {
    this.#settings = settings;
    const glue = instances.glue();
    if (glue) this.#made(glue);
  }

  async ready(): Promise<glue.Core> {
    await load();
    const core = this.#made(instances.glue() as glue.Instance);
    if (this.#settings.observe && !this.#shapes) await this.shapes();
    return core;
  }

  /** The shapes of replies, which have a memory of their own. */
  async shapes(): Promise<Shapes> {
    const later = await loadLater();
    this.#shapes ??= told(() => new later.Shapes(settingsJson(this.#settings)));
    return this.#shapes;
  }

  /** What is told of the answers to a call, if somebody wants their shapes. */
  observer(id: string): Observer | undefined {
    const shapes = this.#settings.observe ? this.#shapes : undefined;
    return shapes && ((status, body) => shapes.record(id, status, body));
  }

  #made(glue: glue.Instance): glue.Core {
    const old = this.#core;
    if (old && glue === this.#glue) return old;
    const core = told(() => new glue.Core(settingsJson(this.#settings)));
    if (old) core.learn(old.learned(0), old.learned(1), old.learned(2));
    instances.freed(this);
    instances.freeWith(this, core);
    this.#glue = glue;
    this.#core = core;
    return core;
  }
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

export type { glue };
