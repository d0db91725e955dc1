import { keepName } from "./copies.js";
import type { Reply } from "./types.js";

/** A call on its way. To await it gives the data; `withReply()` gives all that came with it. */
export class Call<T> implements Promise<T> {
  readonly #reply: Promise<Reply<T>>;
  readonly [Symbol.toStringTag] = "Call";

  /** @internal */
  constructor(reply: Promise<Reply<T>>) {
    this.#reply = reply;
  }

  /** The whole reply: data, request id, warnings and raw body. */
  withReply(): Promise<Reply<T>> {
    return this.#reply;
  }

  // biome-ignore lint/suspicious/noThenProperty: a call is awaited
  then<A = T, B = never>(
    done?: ((data: T) => A | PromiseLike<A>) | null,
    failed?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#reply.then((reply) => reply.data).then(done, failed);
  }

  catch<B = never>(failed?: ((error: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.then(undefined, failed);
  }

  finally(ended?: (() => void) | null): Promise<T> {
    return this.then().finally(ended);
  }
}

/** The pages of a call, fetched as they are asked for. */
export class Pages<T> implements AsyncIterable<T> {
  readonly #walk: () => AsyncGenerator<Reply<T>, void, undefined>;

  /** @internal */
  constructor(walk: () => AsyncGenerator<Reply<T>, void, undefined>) {
    this.#walk = walk;
  }

  /** The pages with all that came with them. */
  withReply(): AsyncGenerator<Reply<T>, void, undefined> {
    return this.#walk();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for await (const reply of this.#walk()) yield reply.data;
  }
}

keepName(Call, "Call");
keepName(Pages, "Pages");
