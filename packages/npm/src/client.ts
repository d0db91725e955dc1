import type { IdOf } from "./calling.js";
import { keepName } from "./copies.js";
import type { Recovery } from "./core/later.js";
import { begin, ClientCore, type glue, laterScript, loadLater, told } from "./core.js";
import { AmbiguousWriteError, cancelled, misuse, unsearched } from "./errors.js";
import { Exchange } from "./exchange.js";
import type { Groups } from "./generated/calls.js";
import type { Endpoints } from "./generated/endpoints.js";
import type { EndpointId } from "./generated/ids.js";
import { GROUPS, group, type Row, row } from "./groups.js";
import { freed, freeWith } from "./instances.js";
import { Log } from "./log.js";
import { encode } from "./params.js";
import { type PushAccount, type PushInput, type PushMessage, verifyPush } from "./push.js";
import type { Answered, Outcome, Tools } from "./recovery.js";
import { Call, ListCall, Pages, withList } from "./reply.js";
import { type Ended, pause, type Running, run } from "./running.js";
import { optionsJson, settingsJson, settled } from "./settings.js";
import type { About, CallOptions, ClientOptions, PageReply, Reply } from "./types.js";
import type { Waited } from "./waited.js";

type Later = typeof import("./core/later.js");

/** What `xportcn/journal` finds in clients of any copy of this package. */
const KEPT: unique symbol = Symbol.for("xportcn.kept") as never;

/** What makes a group of calls, of each client. */
const MADE: unique symbol = Symbol("calls") as never;

type Walk = AsyncGenerator<PageReply<unknown>, void, undefined>;

/** A search that is under way. */
interface Search {
  readonly recovery: Recovery;
  wake: () => void;
}

/** The calls: `client.taobao.afterSale.render(...)`. */
export interface Xportcn extends Groups {}

/**
 * A client of the Xportcn OpenAPI.
 *
 * ```ts
 * const client = new Xportcn({ accessKey, accessSecret, userId });
 * const rendered = await client.taobao.afterSale.render({ subOrderId, goodsStatus: 1, refundType: 1 });
 * ```
 *
 * A wrong setting is refused with a {@link ConfigError} that names it: names and types at once, and values where the core is
 * loaded, or else by the first call or {@link Xportcn.ready}.
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: its static block defines them
export class Xportcn {
  readonly #options: ClientOptions;
  readonly #log: Log;
  readonly #running: Running;
  readonly #core: ClientCore;
  /** The searches that are under way, each with what ends its pause. */
  readonly #searches = new Set<Search>();
  declare readonly [MADE]: (name: string) => object;

  /** The settings; what is not given is taken from the environment, where there is one. */
  constructor(options?: ClientOptions) {
    this.#options = settled(options);
    const { fetch, logger, logLevel, onEvent } = this.#options;
    const log = new Log(logger === undefined ? console : logger, logLevel ?? "warn");
    this.#log = log;
    this.#running = { fetch, log, onEvent };
    this.#core = new ClientCore(this.#options);
    this.#bind(new.target.prototype);
  }

  /** Loads the core and checks the settings, which the first call does otherwise. */
  async ready(): Promise<this> {
    await this.#ready();
    return this;
  }

  /**
   * Calls an endpoint by its id, as `taobao.after_sale.render`. With a type, as in `request<Mine>(..)`, the data is taken
   * to be that.
   */
  request<T = never>(id: IdOf<T>, params?: object, options?: CallOptions): Call<T>;
  request<Id extends EndpointId>(
    id: Id,
    ...given: [...Endpoints[Id]["send"], options?: CallOptions]
  ): Call<Endpoints[Id]["data"]>;
  request(id: string, params?: object, options?: CallOptions): Call<unknown> {
    const call = this.#call(row(id)) as (params?: object, options?: CallOptions) => Call<unknown>;
    return call(params, options);
  }

  /** Begins a call that is driven by hand, without this package's transport. */
  async exchange(id: EndpointId, params?: object, options?: CallOptions): Promise<Exchange> {
    const core = await this.#ready();
    const given = await encode(id, params);
    return Exchange.kept(begin(core, id, given, options), given, this.#core.observer(id));
  }

  /**
   * Finds out what became of a write whose answer is lost, by calls that only read. It takes as long as `recoveryWindow`
   * from the sending of the write, unless the write shows earlier. Give it the error, or the `ticket` that was kept of it.
   */
  async recover(lost: AmbiguousWriteError | string, options?: CallOptions): Promise<Outcome> {
    const error = lost instanceof AmbiguousWriteError ? lost : undefined;
    const ticket = error?.ticket ?? (lost as string);
    if (typeof ticket !== "string") throw misuse("recover takes an AmbiguousWriteError or its ticket");
    const core = await this.#ready();
    const later = await loadLater();
    const recovery = told(() => later.recover(settingsJson(this.#options), ticket, optionsJson(options)));
    const cancel = (reason: unknown) => unsearched(ticket, reason);
    return (await this.#drive(core, recovery, options, { lost: error, cancelled: cancel })) as Outcome;
  }

  /**
   * Sends a write by its id, and finds out what became of it if its answer is lost. What only a comparison shows is looked
   * at before. With `retryAfterRecovery` it is sent again, once, if it was not carried out.
   */
  settle<T = never>(id: IdOf<T>, params?: object, options?: CallOptions): Promise<Reply<T> | Outcome>;
  settle<Id extends EndpointId>(
    id: Id,
    ...given: [...Endpoints[Id]["send"], options?: CallOptions]
  ): Promise<Reply<Endpoints[Id]["data"]> | Outcome>;
  async settle(id: string, params?: object, options?: CallOptions): Promise<Reply<unknown> | Outcome> {
    const core = await this.#ready();
    const later = await loadLater();
    const given = await encode(id, params);
    const recovery = told(() => later.settle(settingsJson(this.#options), id, given, optionsJson(options)));
    const cancel = (reason: unknown) => cancelled(id, reason);
    const ended = await this.#drive(core, recovery, options, { write: id, cancelled: cancel });
    return "reply" in ended ? this.#read(ended.id, ended.reply, row(ended.id).absent()) : ended;
  }

  /**
   * What `xportcn/journal` begins with the core's functions, driven to its end.
   *
   * @internal
   */
  async [KEPT]<T>(
    id: string,
    params: object | undefined,
    options: CallOptions | undefined,
    begin: (later: Later, settings: string, options: string, params: string) => Recovery,
    keep: (entry: string, state: string) => void,
  ): Promise<Reply<T> | Outcome> {
    const core = await this.#ready();
    const later = await loadLater();
    const given = await encode(id, params);
    const recovery = told(() => begin(later, settingsJson(this.#options), optionsJson(options), given));
    const ended = await this.#drive(core, recovery, options, {
      write: id,
      cancelled: (reason) => cancelled(id, reason),
      kept: (json, about) => ({ json, about: JSON.parse(about) as About, raw: new Uint8Array(), took: {} }),
      keep: (entry, state) => {
        try {
          keep(entry, state);
        } catch (thrown) {
          if (state === "open") throw thrown;
          // What was answered is told all the same, and looked for next time.
          this.#log.say("warn", `${id}: the journal does not have how it ended: ${thrown}`);
        }
      },
    });
    return "reply" in ended ? this.#read<T>(ended.id, ended.reply, row(ended.id).absent()) : ended;
  }

  /**
   * Waits until an order or a refund comes into a state, by calls that only read; `client.taobao.order.waitUntil` and its
   * like name the states that there are. It looks again with growing pauses, and at once where {@link Xportcn.onPush}
   * brings a message on it; it ends early where the state cannot come any more, and else after `waitTimeout`.
   *
   * @param of Whose state: the group of calls, as `taobao.order`.
   * @param state Its name, as `paid`.
   * @param id The order or the refund.
   */
  async waitUntil(of: string, state: string, id: string | object, options?: CallOptions): Promise<Waited> {
    const core = await this.#ready();
    const later = await loadLater();
    const given = await encode(of, id);
    const recovery = told(() => later.wait(settingsJson(this.#options), of, state, given, optionsJson(options)));
    const cancel = (reason: unknown) => cancelled(`${of}.waitUntil`, reason);
    return (await this.#drive<Waited>(core, recovery, options, { cancelled: cancel })) as Waited;
  }

  /** Has what waits for the object of a pushed message look at once. */
  onPush(message: PushMessage): void {
    const json = JSON.stringify(message);
    for (const search of this.#searches) {
      if (search.recovery.onPush(json)) search.wake();
    }
  }

  /** Checks that a pushed message comes from the platform, and reads it. */
  verifyPush(message: PushInput): Promise<PushMessage> {
    return verifyPush(message, this.#options as PushAccount);
  }

  /**
   * The shapes of all replies so far, as JSON, if `observe` has them kept: by row, how often each HTTP status and result
   * code came, and the names and types of what the reply held. Never a value.
   */
  async shapes(): Promise<string> {
    await this.#ready();
    return (await this.#core.shapes()).json();
  }

  /**
   * The five headers that sign a request, for a server that signs for others. The nonce is 32 letters and digits.
   *
   * Whoever gets them can make any one call in your name. Check first who asks.
   */
  async sign(timestamp: string, nonce: string): Promise<Record<string, string>> {
    if (typeof timestamp !== "string" || typeof nonce !== "string") throw misuse("timestamp and nonce are text");
    const core = await this.#ready();
    return JSON.parse(told(() => core.sign(timestamp, nonce))) as Record<string, string>;
  }

  static {
    keepName(Xportcn, "Xportcn");
    for (const name of GROUPS) {
      Object.defineProperty(Xportcn.prototype, name, {
        configurable: true,
        get(this: Xportcn) {
          return hide(this, name, this[MADE](name));
        },
        // Tests put others in their place.
        set(this: Xportcn, value: object) {
          hide(this, name, value);
        },
      });
    }
  }

  /** Has the methods work without the client before them, too, and through a Proxy, which has no private members. */
  #bind(methods: object): void {
    const maker = { call: (row: Row) => this.#call(row), wait: (of: string) => this.#wait(of) };
    hide(this, MADE, (name: string) => group(name, maker));
    for (const name of Reflect.ownKeys(Xportcn.prototype)) {
      const { value } = Object.getOwnPropertyDescriptor(Xportcn.prototype, name) as PropertyDescriptor;
      if (typeof value !== "function" || name === "constructor") continue;
      // Looked up when it is called: classes that extend this one have others, and tests put others in their place.
      const bound = (...given: unknown[]): unknown => Reflect.apply(Reflect.get(methods, name) as never, this, given);
      hide(this, name, keepName(bound, String(name)));
    }
  }

  #wait(of: string): object {
    return (state: string, params?: object, options?: CallOptions) => this.waitUntil(of, state, params ?? {}, options);
  }

  #call(row: Row): object {
    type Given = [params?: object, options?: CallOptions];
    const { items } = row;
    const send = (...given: Given) => {
      const ended = this.#ended(row.id, ...given);
      let reply: Promise<Reply<unknown>> | undefined;
      const read = () => (reply ??= ended.then((ended) => this.#read(row.id, ended, row.absent())));
      return items === undefined ? new Call(read) : new ListCall(read, () => each(given, ended));
    };
    if (items === undefined) return send;
    const pages = (...given: Given) => new Pages(() => this.#walk(row, ...given));
    const each = ([params, options]: Given, first?: Promise<Ended>) =>
      withList(flat(this.#walk(row, params, options, first), items));
    const all = (...given: Given) => each(given);
    return Object.assign(send, { pages: keepName(pages, "pages"), items: keepName(all, "items") });
  }

  #ready(): Promise<glue.Core> {
    return this.#core.ready();
  }

  async #ended(id: string, params: object | undefined, options: CallOptions | undefined): Promise<Ended> {
    const core = await this.#ready();
    return this.#run(core, id, await encode(id, params), options);
  }

  #read<T>(id: string, { json, about, raw, took }: Ended, absent: unknown): Reply<T> {
    const words = about.warnings.map(({ path, expected, found }) => `${path}: expected ${expected}, found ${found}`);
    if (words.length > 0) this.#log.say("warn", `${id}: ${words.join("; ")}`);
    const reply = { data: (JSON.parse(json) ?? absent) as T, ...about, ...took } as Reply<T>;
    hide(reply, "raw", raw);
    return reply;
  }

  /** The pages from the given one on; `first` is on its way. */
  async *#walk({ id, absent }: Row, params?: object, options?: CallOptions, first?: Promise<Ended>): Walk {
    let ended = await first;
    const core = await this.#ready();
    const given = await encode(id, params);
    const pager = told(() => core.pager(id, given));
    // A walk that is left in the middle may never come back.
    const walk = { pager };
    freeWith(walk, pager);
    try {
      for (let next = pager.params(); next !== undefined; next = pager.params()) {
        ended ??= await this.#run(core, id, next, options);
        const { json } = ended;
        const about = JSON.stringify(ended.about);
        const { page } = pager;
        const reply = Object.assign(this.#read(id, ended, absent()), { page });
        ended = undefined;
        if (told(() => pager.advance(json, about))) yield reply;
      }
    } finally {
      freed(walk);
      walk.pager.free();
    }
  }

  async #drive<Told = Outcome>(
    core: glue.Core,
    recovery: Recovery,
    options: CallOptions | undefined,
    of: Omit<Tools<Ended>, "signal" | "call" | "pause">,
  ): Promise<Told | Answered<Ended>> {
    const signal = options?.signal;
    const search: Search = { recovery, wake: () => {} };
    this.#searches.add(search);
    try {
      const { drive } = await laterScript();
      return await drive<Ended, Told>(recovery, {
        ...of,
        signal,
        call: (id, params) => this.#run(core, id, params, options),
        pause: (millis) => pause(millis, signal, (end) => (search.wake = end)),
      });
    } finally {
      this.#searches.delete(search);
      recovery.free();
    }
  }

  #run(core: glue.Core, id: string, params: string, options: CallOptions | undefined): Promise<Ended> {
    return run(core, { ...this.#running, observer: this.#core.observer(id) }, id, params, options);
  }
}

/** Sets a property that is not shown. */
function hide<Target extends object, Value>(target: Target, name: PropertyKey, value: Value): Value {
  Object.defineProperty(target, name, { value, writable: true, configurable: true });
  return value;
}

async function* flat(pages: Walk, items: string): AsyncGenerator<unknown, void, undefined> {
  for await (const { data } of pages) yield* ((data as Record<string, unknown>)[items] ?? []) as unknown[];
}
