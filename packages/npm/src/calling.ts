import type { Call, Pages } from "./reply.js";
import type { CallOptions } from "./types.js";

/** A call: its parameters, and what it has other than its client. */
export interface PlainCall<Params, Data> {
  (params: Params, options?: CallOptions): Call<Data>;
}

/** A call whose reply is one page of many. */
export interface PagedCall<Params, Page, Item> extends PlainCall<Params, Page> {
  /** The pages from the given one on, each fetched when it is asked for. */
  pages(params: Params, options?: CallOptions): Pages<Page>;
  /** The items of all pages from the given one on. */
  items(params: Params, options?: CallOptions): AsyncGenerator<Item, void, undefined>;
}
