// The functions of bindings/wasm that few programs need. The JavaScript beside this file is written by wasm-bindgen when the
// package is built.

export class Shapes {
  constructor(settings: string);
  record(id: string, status: number, body: Uint8Array): void;
  json(): string;
  free(): void;
}

export class Recovery {
  private constructor();
  step(nowMs: number): 0 | 1 | 2 | 3 | 4 | 5;
  text(): string;
  params(): string;
  readonly millis: number;
  onReply(data: string, about: string): void;
  onFailure(error: string, isRetryable: boolean, ticket: string): void;
  onPush(message: string): boolean;
  onKept(): void;
  ticket(): string | undefined;
  free(): void;
}

export function recover(settings: string, ticket: string, options: string): Recovery;
export function wait(settings: string, of: string, state: string, id: string, options: string): Recovery;
export function settle(settings: string, id: string, params: string, options: string): Recovery;
export function settleKept(
  settings: string,
  key: string,
  id: string,
  params: string,
  options: string,
  entry: string,
): Recovery;
export function recoverKept(settings: string, entry: string, options: string): Recovery;
export function journalKey(id: string, params: string): string;
export function readPush(
  accessKey: string,
  accessSecret: string,
  authorization: string,
  body: Uint8Array,
  utf8: Uint8Array | undefined,
): string;
export function signPush(
  accessKey: string,
  accessSecret: string,
  message: string,
  content: string,
  platform: number | undefined,
  timeMs: number | undefined,
  nowMs: number,
): string;
/** Takes the exports of the module, once it is there. */
export function __wbg_set_wasm(exports: object): void;
