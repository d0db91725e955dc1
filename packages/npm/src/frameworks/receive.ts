// What the handlers of all frameworks do with a pushed message: verify it, tell repeats, answer, and then work.

import { DecodeError, type PushAccount, type PushMessage, PushSignatureError, verifyPush } from "xportcn";

/** What is done with a message, after the platform has its answer. `repeated` tells one that came before. */
export type PushWork = (message: PushMessage, about: { readonly repeated: boolean }) => unknown;

/** The account that messages are pushed to, and how they are taken. */
export interface PushOptions extends PushAccount {
  /** The largest body that is taken, in bytes: 1 MiB unless it is set. */
  maxBytes?: number;
  /** Of how many messages the ids are remembered in this process, to tell repeats: 10,000 unless it is set. */
  remember?: number;
  /** What is done when the work fails; the console tells it, unless this is set. The platform does not send it again. */
  onError?: (error: unknown, message: PushMessage) => void;
}

/** What to answer, and what to do then. */
export interface Received {
  readonly status: 200 | 400 | 401 | 413;
  readonly work?: () => Promise<void>;
}

/** Takes messages for one handler. */
export class Receiver {
  readonly maxBytes: number;
  readonly #options: PushOptions;
  readonly #work: PushWork;
  readonly #ids = new Set<string>();

  constructor(options: PushOptions, work: PushWork) {
    this.#options = options;
    this.#work = work;
    this.maxBytes = options.maxBytes ?? 1 << 20;
  }

  /** Verifies a message. The answer says nothing of why one is refused. */
  async receive(authorization: string | null | undefined, body: Uint8Array, contentType?: string): Promise<Received> {
    if (body.length > this.maxBytes) return { status: 413 };
    let message: PushMessage;
    try {
      message = await verifyPush({ authorization, body, contentType }, this.#options);
    } catch (error) {
      if (error instanceof PushSignatureError) return { status: 401 };
      if (error instanceof DecodeError) return { status: 400 };
      throw error;
    }
    const repeated = this.#ids.has(message.id);
    this.#note(message.id);
    return { status: 200, work: () => this.#run(message, repeated) };
  }

  #note(id: string): void {
    // The last one is the newest.
    this.#ids.delete(id);
    this.#ids.add(id);
    for (const oldest of this.#ids) {
      if (this.#ids.size <= (this.#options.remember ?? 10_000)) return;
      this.#ids.delete(oldest);
    }
  }

  async #run(message: PushMessage, repeated: boolean): Promise<void> {
    try {
      await this.#work(message, { repeated });
    } catch (error) {
      const { onError } = this.#options;
      if (onError) onError(error, message);
      else console.error(`xportcn: the work on the pushed message ${message.id} failed:`, error);
    }
  }
}
