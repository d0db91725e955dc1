import { keepName } from "./copies.js";
import type { PageReply, Reply } from "./types.js";

/** How much is wanted of what goes on. */
export interface ArrayOptions {
  /** The most that the list holds. No page is fetched that it does not need. */
  limit?: number | undefined;
}

/** A call on its way. To await it gives the data; `withReply()` gives all that came with it. */
export class Call<T> implements Promise<T> {
  readonly #reply: () => Promise<Reply<T>>;
  readonly [Symbol.toStringTag]: string = "Call";

  /** @internal */
  constructor(reply: () => Promise<Reply<T>>) {
    this.#reply = reply;
  }

  /** The whole reply: data, request id, warnings and raw body. */
  withReply(): Promise<Reply<T>> {
    return this.#reply();
  }

  // biome-ignore lint/suspicious/noThenProperty: a call is awaited
  then<A = T, B = never>(
    done?: ((data: T) => A | PromiseLike<A>) | null,
    failed?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#reply()
      .then((reply) => reply.data)
      .then(done, failed);
  }

  catch<B = never>(failed?: ((error: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.then(undefined, failed);
  }

  finally(ended?: (() => void) | null): Promise<T> {
    return this.then().finally(ended);
  }
}

/** What goes on over all pages. */
export interface Items<T> extends AsyncGenerator<T, void, undefined> {
  /** All of it in a list, or as much as is wanted. */
  toArray(options?: ArrayOptions): Promise<T[]>;
}

/**
 * A call on its way whose reply is one page of many. To await it gives the page; to iterate it gives the items of this page
 * and of those behind it, each fetched when it is asked for.
 */
export class ListCall<Page, Item> extends Call<Page> implements AsyncIterable<Item> {
  readonly #items: () => Items<Item>;

  /** @internal */
  constructor(reply: () => Promise<Reply<Page>>, items: () => Items<Item>) {
    super(reply);
    this.#items = items;
  }

  /** The items of this page and of those behind it, or as many as are wanted. */
  toArray(options?: ArrayOptions): Promise<Item[]> {
    return this.#items().toArray(options);
  }

  [Symbol.asyncIterator](): Items<Item> {
    return this.#items();
  }
}

/** The pages of a call, fetched as they are asked for. */
export class Pages<T> implements AsyncIterable<T> {
  readonly #walk: () => AsyncGenerator<PageReply<T>, void, undefined>;

  /** @internal */
  constructor(walk: () => AsyncGenerator<PageReply<T>, void, undefined>) {
    this.#walk = walk;
  }

  /** The pages with all that came with them, and their numbers. */
  withReply(): AsyncGenerator<PageReply<T>, void, undefined> {
    return this.#walk();
  }

  /** All pages in a list, or as many as are wanted. */
  toArray(options?: ArrayOptions): Promise<T[]> {
    return listed(this, options);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for await (const reply of this.#walk()) yield reply.data;
  }
}

/** Items that can be had as a list, too. */
export function withList<T>(items: AsyncGenerator<T, void, undefined>): Items<T> {
  return Object.assign(items, { toArray: (options?: ArrayOptions) => listed(items, options) });
}

async function listed<T>(from: AsyncIterable<T>, options: ArrayOptions | undefined): Promise<T[]> {
  const { limit = Infinity } = options ?? {};
  const list: T[] = [];
  if (limit > 0) for await (const one of from) if (list.push(one) >= limit) break;
  return list;
}

keepName(Call, "Call");
keepName(ListCall, "ListCall");
keepName(Pages, "Pages");
