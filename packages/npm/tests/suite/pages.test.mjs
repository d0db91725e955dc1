// Calls with pages: iterated as they are, as lists, and with their numbers. Three pages of two items each, and no more.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError, InvalidRequestError, Xportcn } from "xportcn";
import { ACCOUNT } from "./sandbox.mjs";

const SEARCH = { keyword: "x", beginPage: 1, pageSize: 2 };
const ALL = ["11", "12", "21", "22", "31", "32"];

/** A client, and the numbers of the pages that were asked for. */
function paged(answer) {
  const asked = [];
  const fetch = async (_, { body }) => {
    const page = JSON.parse(body).beginPage;
    asked.push(page);
    if (answer) return answer(page);
    const data = page > 3 ? [] : [{ offerId: `${page}1` }, { offerId: `${page}2` }];
    return new Response(
      JSON.stringify({ code: 200, data: { data, currentPage: page, totalRecords: 6, totalPage: 3 } }),
    );
  };
  const client = new Xportcn({ ...ACCOUNT, baseUrl: "http://127.0.0.1:9", fetch, maxRetries: 0, logger: null });
  return { search: client.alibaba.product.keywordSearch, asked, client };
}

const ids = (items) => items.map(({ offerId }) => offerId);

test("a call with pages is iterated over the items of all pages, and its first page is fetched once", async () => {
  const { search, asked } = paged();
  const items = [];
  for await (const item of search(SEARCH)) items.push(item);
  assert.deepEqual(ids(items), ALL);
  assert.deepEqual(asked, [1, 2, 3]);
});

test("a call with pages still gives its page when it is awaited, before and after it is iterated", async () => {
  const { search, asked } = paged();
  const call = search({ ...SEARCH, beginPage: 2 });
  assert.deepEqual(ids((await call).data), ["21", "22"]);
  assert.deepEqual(ids(await call.toArray()), ["21", "22", "31", "32"]);
  assert.deepEqual(ids((await call.withReply()).data.data), ["21", "22"]);
  assert.deepEqual(asked, [2, 3]);
});

test("toArray fetches no page more than its limit needs", async () => {
  for (const [limit, expected, pages] of [
    [3, ["11", "12", "21"], [1, 2]],
    [2, ["11", "12"], [1]],
    [undefined, ALL, [1, 2, 3]],
    [99, ALL, [1, 2, 3]],
  ]) {
    const { search, asked } = paged();
    assert.deepEqual(ids(await search(SEARCH).toArray({ limit })), expected);
    assert.deepEqual(asked, pages, String(limit));
  }
  const { search, asked } = paged();
  assert.deepEqual(ids(await search.items(SEARCH).toArray({ limit: 3 })), ["11", "12", "21"]);
  assert.deepEqual(asked, [1, 2]);
  assert.equal((await search.pages(SEARCH).toArray({ limit: 1 })).length, 1);
  assert.deepEqual(asked, [1, 2, 1]);
  assert.equal((await search.pages(SEARCH).toArray()).length, 3);
  assert.deepEqual(await search(SEARCH).toArray({ limit: 0 }), []);
});

test("pages know their number, and one can be begun at", async () => {
  const { search } = paged();
  const pages = [];
  for await (const reply of search.pages(SEARCH).withReply()) pages.push([reply.page, ids(reply.data.data)]);
  assert.deepEqual(pages, [
    [1, ["11", "12"]],
    [2, ["21", "22"]],
    [3, ["31", "32"]],
  ]);
  const [last] = pages.at(-1);
  assert.deepEqual(ids(await search.items({ ...SEARCH, beginPage: last }).toArray()), ["31", "32"]);
});

test("what is wrong with the first page is told once, however the call is used", async () => {
  const refusal = () => new Response('{"code":500,"msg":"no","data":null}');
  const { search } = paged(refusal);
  await assert.rejects(async () => {
    for await (const _ of search(SEARCH)) assert.fail();
  }, ApiError);
  await assert.rejects(search(SEARCH).toArray(), ApiError);
  await assert.rejects(search({ ...SEARCH, colour: "red" }).toArray(), InvalidRequestError);
});

test("a call by its id has pages, too", async () => {
  const { client } = paged();
  assert.deepEqual(ids(await client.request("alibaba.product.keyword_search", SEARCH).toArray()), ALL);
});
