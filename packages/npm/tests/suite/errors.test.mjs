// Errors that tests build, and errors that are told apart.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import * as xportcn from "xportcn";
import { ACCOUNT } from "./sandbox.mjs";

const { Xportcn, XportcnError } = xportcn;
const CLASSES = { ...xportcn };

/** The members of each class, as its documentation has them. */
const MEMBERS = {
  AmbiguousWriteError: { recovery: "call it", ticket: "{}", cause: new xportcn.TimeoutError() },
  ApiError: { code: "40001", platformMessage: "no stock", bodyHead: "{", hint: "try" },
  CancelledError: {},
  ConfigError: { field: "timeout", reason: "must not be 0" },
  DecodeError: { path: "data", reason: "is no object", bodyHead: "<" },
  HttpError: { status: 502, bodyHead: "<html>", hint: "try" },
  InvalidRequestError: { path: "orderId", reason: "is missing" },
  LoadError: {},
  MisuseError: { reason: "the exchange has been freed" },
  PushSignatureError: { reason: "is another's" },
  TimeoutError: {},
  TransportError: { transportKind: "dns", detail: "no such host" },
};

for (const [name, members] of Object.entries(MEMBERS)) {
  test(`a test can build an ${name}`, () => {
    const common = { endpoint: "taobao.order.get", requestId: "r-1", isRetryable: true, message: "mine" };
    const error = new CLASSES[name]({ ...common, ...members });
    assert.ok(error instanceof CLASSES[name] && error instanceof XportcnError && error instanceof Error);
    assert.equal(`${error.kind}Error`, name);
    assert.equal(error.name, name);
    for (const [member, value] of Object.entries({ ...common, ...members })) assert.equal(error[member], value, member);
    const empty = new CLASSES[name]();
    assert.equal(`${empty.kind}Error`, name);
    assert.ok(empty.message);
    assert.equal(empty.isRetryable, false);
    for (const member of Object.keys(members)) assert.ok(member in empty || member === "cause", member);
    const required = createRequire(import.meta.url)("xportcn");
    assert.ok(error instanceof required[name]);
  });
}

test("an error that a test builds says its reason, and has its cause", () => {
  assert.equal(new xportcn.ApiError({ code: "1", platformMessage: "no stock" }).message, "no stock");
  assert.equal(new xportcn.InvalidRequestError({ path: "a", reason: "is missing" }).message, "is missing");
  const cause = new RangeError("mine");
  assert.equal(new xportcn.TransportError({ cause }).cause, cause);
  assert.equal(new xportcn.AmbiguousWriteError().cause.name, "TimeoutError");
});

test("an error that a test builds has the members of one that the platform causes", async () => {
  const fetch = async () => new Response('{"code":40001,"msg":"no stock","requestId":"r-1","data":null}');
  const client = new Xportcn({ ...ACCOUNT, baseUrl: "http://127.0.0.1:9", fetch });
  const real = await client.taobao.order.get({ orderId: "1" }).catch((thrown) => thrown);
  const { code, platformMessage, endpoint, requestId, bodyHead, message, response, attempts, durationMs } = real;
  const members = { code, platformMessage, endpoint, requestId, bodyHead, message, response, attempts, durationMs };
  const built = new xportcn.ApiError(members);
  assert.equal(code, "40001");
  assert.deepEqual(Object.getOwnPropertyNames(built).sort(), Object.getOwnPropertyNames(real).sort());
  assert.deepEqual({ ...built }, { ...real });
});
