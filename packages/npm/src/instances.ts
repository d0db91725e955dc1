// Memory of WebAssembly never shrinks: after a huge reply, a new instance of the module takes the place of the one that read it.

import { type Core, type Instance, instance } from "./core/glue.js";

/** Bytes of memory beyond which an instance is replaced; a reply takes about three times its size. */
const MOST = 16 * 2 ** 20;

/** The JavaScript around a module. */
interface Around {
  __wbg_set_wasm(exports: object): void;
}

interface Made {
  readonly glue: Instance;
  readonly memory: WebAssembly.Memory;
}

let module: WebAssembly.Module | undefined;
/** In which cores are made, and what takes its place when no call is open. */
let latest: Made | undefined;
let spare: Promise<void> | Made | undefined;
let open = 0;

/** Makes the first instance of the core's module. */
export async function begin(compiled: WebAssembly.Module): Promise<void> {
  latest = await made(compiled);
  module = compiled;
}

/** The functions of the core, once it is loaded. */
export function glue(): Instance | undefined {
  return latest?.glue;
}

/** Counts a call, until the function that it gives is called: only between calls can an instance be replaced. */
export function opened(): () => void {
  open++;
  return () => {
    open--;
    const isHuge = latest !== undefined && latest.memory.buffer.byteLength > MOST;
    if (isHuge && module) spare ??= prepare(module);
    if (spare !== undefined && "glue" in spare) replace(spare);
  };
}

/** Makes what takes the place. Without memory for another, the one that there is goes on. */
async function prepare(module: WebAssembly.Module): Promise<void> {
  spare = await made(module).catch(() => undefined);
  if (spare) replace(spare);
}

function replace(fresh: Made): void {
  if (open > 0) return;
  latest = fresh;
  spare = undefined;
}

async function made(module: WebAssembly.Module): Promise<Made> {
  const glue = instance();
  return { glue, memory: await instantiated(module, glue) };
}

/** Makes an instance of a module with the JavaScript around it, and gives its memory. */
export async function instantiated(module: WebAssembly.Module, around: Around): Promise<WebAssembly.Memory> {
  // The module asks for its imports under this name.
  const { exports } = await WebAssembly.instantiate(module, { "./xportcn_wasm_bg.js": { ...around } as never });
  around.__wbg_set_wasm(exports);
  (exports.__wbindgen_start as () => void)();
  return exports.memory as WebAssembly.Memory;
}

/** Frees what nobody can reach any more. */
const lost = new FinalizationRegistry<{ free(): void }>((made) => made.free());

/** Has what the core has made freed when `owner` is gone, unless {@link freed} is called before. */
export function freeWith(owner: object, made: Pick<Core, "free">): void {
  lost.register(owner, made, owner);
}

/** Tells that what belongs to `owner` is freed. */
export function freed(owner: object): void {
  lost.unregister(owner);
}
