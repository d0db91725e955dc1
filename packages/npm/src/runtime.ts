// Types of the runtime, where the program's compiler has them; otherwise what is used of them.

type Known<Name extends string, Otherwise> =
  typeof globalThis extends Record<Name, { prototype: infer Type }> ? Type : Otherwise;

/** An `AbortSignal`. */
export type Signal = Known<
  "AbortSignal",
  {
    readonly aborted: boolean;
    readonly reason: unknown;
    addEventListener(type: "abort", listener: () => void): void;
    removeEventListener(type: "abort", listener: () => void): void;
  }
>;

/** An answer of fetch. */
export type FetchResponse = Known<"Response", { readonly ok: boolean; arrayBuffer(): Promise<ArrayBuffer> }>;

/** A compiled module of WebAssembly. */
export type Module = typeof globalThis extends { WebAssembly: { Module: { prototype: infer Type } } } ? Type : object;
