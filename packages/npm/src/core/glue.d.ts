// The functions of bindings/wasm. The JavaScript beside this file is written by wasm-bindgen when the package is built.

export class Core {
  constructor(settings: string);
  call(id: string, params: string, options: string): Exchange;
  pager(id: string, params: string): Pager;
  sign(timestamp: string, nonce: string): string;
  read(id: string, status: number, body: Uint8Array): Told;
  shapes(): string;
  readonly maxReplyBytes: number;
  free(): void;
}

export class Exchange {
  private constructor();
  step(nowMs: number, random: Uint8Array): 0 | 1 | 2;
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

/** Takes the exports of the module, once it is there. */
export function __wbg_set_wasm(exports: object): void;
