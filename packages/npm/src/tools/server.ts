// A server of the Model Context Protocol that is started here, by the few messages that tools need: JSON-RPC, a line each.

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { type ErrorMembers, XportcnError } from "xportcn";

/** The program of the tools is not there, has refused the options, or has ended. */
export class ToolsError extends XportcnError {
  declare readonly kind: "Tools";

  /** @internal */
  constructor(text: string, cause?: unknown) {
    super({ message: text, cause, kind: "Tools" } as ErrorMembers<XportcnError>);
  }
}

for (const place of [ToolsError, ToolsError.prototype]) {
  Object.defineProperty(place, "name", { value: "ToolsError", configurable: true });
}

/** The server's refusal of a message. */
export class Refusal extends Error {}

/** Asks a person what the server wants to know of a request. */
type Ask = (question: string) => Promise<boolean>;

interface Waiting {
  resolve(result: unknown): void;
  reject(error: unknown): void;
  readonly ask: Ask | undefined;
}

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: { readonly message?: string };
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** How long it may take to end by itself, and then by a signal, in milliseconds. */
const PATIENCE = 2000;
/** What is kept of what it says besides, for errors. */
const KEPT = 4096;

export class Server {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ended: Promise<void>;
  #last = 0;
  #said = "";
  #failure: ToolsError | undefined;

  constructor(program: string, words: readonly string[], environment: Record<string, string | undefined>) {
    this.#child = spawn(program, words, { env: environment, stdio: "pipe", windowsHide: true });
    const { stdin, stdout, stderr } = this.#child;
    // Writing to one that has ended fails here, and the end is told below.
    stdin.on("error", () => {});
    stderr.setEncoding("utf8").on("data", (piece: string) => {
      this.#said = (this.#said + piece).slice(-KEPT);
    });
    createInterface({ input: stdout }).on("line", (line) => this.#heard(line));
    this.#ended = new Promise((resolve) => {
      this.#child.once("error", (cause) => {
        const how = "npm install xportcn-cli brings it, or name the program in the variable XPORTCN_CLI";
        this.#fail(new ToolsError(`the program \`${program}\` cannot be started: ${cause.message}; ${how}`, cause));
        resolve();
      });
      this.#child.once("close", (code, signal) => {
        const said = this.#said.trim();
        this.#fail(new ToolsError(`the program has ended (${signal ?? code})${said && `: ${said}`}`));
        resolve();
      });
    });
  }

  /** The result of a request. It fails with a {@link Refusal}, or with a {@link ToolsError} if the program has ended. */
  request(method: string, params: object, ask?: Ask): Promise<unknown> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, ask });
      this.#tell({ id, method, params });
    });
  }

  notify(method: string): void {
    this.#tell({ method });
  }

  /** Ends it: it ends with its input, or else by a signal. */
  async close(): Promise<void> {
    this.#fail(new ToolsError("the tools are closed"));
    this.#child.stdin.end();
    for (const signal of ["SIGTERM", "SIGKILL"] as const) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<true>((resolve) => {
        timer = setTimeout(resolve, PATIENCE, true);
      });
      const isLate = await Promise.race([this.#ended, late]);
      clearTimeout(timer);
      if (!isLate) return;
      this.#child.kill(signal);
    }
    await this.#ended;
  }

  #tell(message: object): void {
    this.#child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  }

  #heard(line: string): void {
    let message: Message;
    try {
      message = JSON.parse(line);
    } catch {
      return;
    }
    const { id, method, result, error } = message;
    if (method !== undefined) {
      if (id !== undefined) void this.#asked(id, method, message.params?.message ?? "");
      return;
    }
    const waiting = this.#waiting.get(Number(id));
    this.#waiting.delete(Number(id));
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(new Refusal(error.message));
  }

  /** Answers what the server asks: whether it is heard, and for a person's word. */
  async #asked(id: number | string, method: string, question: string): Promise<void> {
    if (method === "ping") return this.#tell({ id, result: {} });
    if (method !== "elicitation/create") {
      return this.#tell({ id, error: { code: -32601, message: "there is no such method" } });
    }
    const [number, waiting] = [...this.#waiting].find(([, { ask }]) => ask !== undefined) ?? [];
    try {
      const isYes = waiting?.ask !== undefined && (await waiting.ask(question));
      this.#tell({ id, result: isYes ? { action: "accept", content: { confirm: true } } : { action: "decline" } });
    } catch (cause) {
      // Who cannot be asked has not confirmed. Why is for the program, not for the model.
      this.#tell({ id, result: { action: "cancel" } });
      if (number !== undefined) this.#waiting.delete(number);
      waiting?.reject(cause);
    }
  }

  #fail(failure: ToolsError): void {
    this.#failure ??= failure;
    for (const { reject } of this.#waiting.values()) reject(this.#failure);
    this.#waiting.clear();
  }
}
