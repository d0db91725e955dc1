import type { EndpointId } from "./generated/ids.js";
import type { Call, Items, ListCall, Pages } from "./reply.js";
import type { CallOptions } from "./types.js";

/** A call: its parameters, and what it has other than its client. */
export interface PlainCall<Params, Data> {
  (params: Params, options?: CallOptions): Call<Data>;
}

/** A call whose reply is one page of many. */
export interface PagedCall<Params, Page, Item> {
  (params: Params, options?: CallOptions): ListCall<Page, Item>;
  /** The pages from the given one on, each fetched when it is asked for. */
  pages(params: Params, options?: CallOptions): Pages<Page>;
  /** The items of all pages from the given one on. */
  items(params: Params, options?: CallOptions): Items<Item>;
}

/** The id of an endpoint, where the program says itself what the data is; none otherwise. */
export type IdOf<Data> = [Data] extends [never] ? never : EndpointId;
