// The functions of bindings/wasm. The JavaScript beside this file is written by wasm-bindgen when the package is built. Nothing
// frees these objects but `free`.

export class Core {
  constructor(settings: string);
  call(id: string, params: string, options: string): Exchange;
  pager(id: string, params: string): Pager;
  sign(timestamp: string, nonce: string): string;
  read(id: string, status: number, body: Uint8Array): Told;
  learned(at: number): number;
  learn(first: number, second: number, third: number): void;
  readonly maxReplyBytes: number;
  free(): void;
}

export class Exchange {
  private constructor();
  step(nowMs: number, random: Uint8Array): 0 | 1 | 2 | 3;
  text(): string;
  body(): string | undefined;
  about(): string;
  readonly millis: number;
  onResponse(status: number, headers: string, body: Uint8Array): void;
  onFailure(kind: string, maybeSent: boolean, detail: string): void;
  mayResend(): void;
  cancel(): void;
  listen(): void;
  events(): string;
  readonly durationMs: number;
  readonly attempts: number;
  free(): void;
}

export class Pager {
  private constructor();
  params(): string | undefined;
  advance(data: string, about: string): boolean;
  readonly page: number;
  free(): void;
}

export class Told {
  private constructor();
  text(): string;
  about(): string;
  free(): void;
}

/** The JavaScript of one instance of the module. */
export interface Instance {
  readonly Core: typeof Core;
  /** Takes the exports of the module, once it is there. */
  __wbg_set_wasm(exports: object): void;
}

export function instance(): Instance;
