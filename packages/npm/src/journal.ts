// A journal of writes, for runtimes with `node:sqlite`. It is a module of its own, which nothing else of the package imports.

import type { CallOptions, Outcome, Reply, Xportcn } from "xportcn";
import type * as later from "./core/later.js";
import { InUseError, JournalError, JournalFile, type Write } from "./journal_file.js";

export { InUseError, JournalError, type Write };

/** What was found out about a write that an earlier run had left open. */
export interface Recovered {
  /** What the journal knows it by. */
  readonly key: string;
  /** What was called. */
  readonly endpoint: string;
  /** What became of it; absent if it was not looked for. */
  readonly result?: Reply<unknown> | Outcome;
  /** Why it was not looked for. */
  readonly error?: unknown;
}

/** The options of a call, and its key. */
export interface JournalOptions extends CallOptions {
  /** What the journal knows the write by. A creation that names none has its own reference, as `sellerOrderNumber`, for one. */
  readonly key?: string;
}

type Begin = (core: typeof later, settings: string, options: string, params: string) => later.Recovery;

/** What a client of any copy of this package lends. */
type Lends = (
  id: string,
  params: object | undefined,
  options: CallOptions | undefined,
  begin: Begin,
  keep: (entry: string, state: string) => void,
) => Promise<Reply<unknown> | Outcome>;

const KEPT = Symbol.for("xportcn.kept");

/** Open writes that are looked for at the same time. */
const TOGETHER = 8;

/**
 * A journal of writes: none is sent twice, also where a process dies.
 *
 * ```ts
 * const journal = await Journal.open("orders.journal");
 * await journal.recoverOpen(client); // what an earlier run has left open; this sends nothing
 * const ended = await journal.settle(client, "taobao.order.purchase_pay", { orderId }, { key: `pay ${orderId}` });
 * ```
 *
 * What is about to be sent is on the disk before it is sent, and how it ended after. The file is one of SQLite, for its owner
 * only. It holds no secret, but requests and answers, and so addresses. The journals of the other languages read and write
 * the same.
 */
export class Journal {
  readonly #file: JournalFile;

  private constructor(file: JournalFile) {
    this.#file = file;
  }

  /**
   * Opens a journal, or makes it. It fails with a {@link JournalError} if the file is no journal, if a later version wrote it,
   * or if this runtime has no `node:sqlite`.
   */
  static async open(path: string): Promise<Journal> {
    return new Journal(await JournalFile.open(path));
  }

  /**
   * Sends a write by its id, or goes on with the write of this key, until it is known what became of it.
   *
   * - A key that the journal does not have is kept, then sent.
   * - What was answered, or found done, is told again; a reply that was kept has no raw body. Nothing is sent.
   * - What may have been sent is looked for. If it certainly was not carried out, it is sent again, once, with
   *   `retryAfterRecovery`.
   * - What was refused, or found not done, has its key free again, also for other parameters.
   *
   * It fails with an `InvalidRequestError` if the key belongs to another write, with an {@link InUseError} while another is at
   * work on the key, and with a {@link JournalError} if the write cannot be kept, and so was not sent.
   */
  async settle<T = unknown>(
    client: Xportcn,
    id: string,
    params?: object,
    options?: JournalOptions,
  ): Promise<Reply<T> | Outcome> {
    const { key: named, ...rest } = options ?? {};
    const begin = (claim: (key: string) => string): Begin => {
      return (core, settings, options, params) => {
        const key = named ?? core.journalKey(id, params);
        return core.settleKept(settings, key, id, params, options, claim(key));
      };
    };
    return (await this.#settled(client, id, params, rest, begin)) as Reply<T> | Outcome;
  }

  /**
   * Finds out about all writes that are open, a few at a time. Nothing is sent. Those that another process is at work on are
   * left to it.
   */
  async recoverOpen(client: Xportcn, options?: CallOptions): Promise<Recovered[]> {
    const open = this.openWrites();
    const found: Recovered[] = [];
    const work = async () => {
      for (let write = open.shift(); write !== undefined; write = open.shift()) {
        const { key, endpoint } = write;
        const begin = (claim: (key: string) => string): Begin => {
          return (core, settings, options) => core.recoverKept(settings, claim(key), options);
        };
        try {
          found.push({ key, endpoint, result: await this.#settled(client, endpoint, undefined, options, begin) });
        } catch (error) {
          if (!(error instanceof InUseError)) found.push({ key, endpoint, error });
        }
      }
    };
    await Promise.all(Array.from({ length: TOGETHER }, work));
    return found;
  }

  /** The writes of which it is still to be found out what became of them, the oldest first. */
  openWrites(): Write[] {
    return this.#file.openWrites();
  }

  /** All writes, those that changed last at the end. */
  writes(): Write[] {
    return this.#file.writes();
  }

  /** Lets go of the file. */
  close(): void {
    this.#file.close();
  }

  async #settled(
    client: Xportcn,
    id: string,
    params: object | undefined,
    options: CallOptions | undefined,
    begin: (claim: (key: string) => string) => Begin,
  ): Promise<Reply<unknown> | Outcome> {
    const lends = (client as unknown as Record<symbol, Lends | undefined>)[KEPT];
    if (lends === undefined) throw new TypeError("a journal takes a client of the package xportcn");
    let release = () => {};
    let keep = (_entry: string, _state: string) => {};
    const claimed = (key: string) => {
      const claim = this.#file.claim(key);
      release = () => claim.release();
      keep = (entry, state) => claim.keep(id, entry, state);
      return claim.entry;
    };
    try {
      return await lends.call(client, id, params, options, begin(claimed), (entry, state) => keep(entry, state));
    } finally {
      release();
    }
  }
}
