// This package behind the lines of tests/conformance: one case in, one answer out, in any runtime.

import { load, signPush, verifyPush, Xportcn, XportcnError } from "xportcn";

/** The core's functions themselves, for what the client has no call for: settings and options as text. */
let glue, loadInside, loadLater, signed, told, utf8;

/** Takes what is within the package, as this runtime loads it. */
export function use(inside) {
  ({ glue, load: loadInside, loadLater, signed, told, utf8 } = inside);
}

/** The answer to a case. */
export async function answer(one, options) {
  try {
    await Promise.all([load(), loadInside()]);
    return await OPERATIONS[one.op](one, options);
  } catch (thrown) {
    if (thrown instanceof XportcnError) return { error: factsOf(thrown) };
    throw thrown;
  }
}

const OPERATIONS = {
  hello: (_, { runtime, failures, resends }) => ({ host: runtime, failures, resends }),
  client: async ({ settings }, { via }) => {
    await client(settings, via).ready();
    return { made: true };
  },
  sign: async ({ settings, timestamp, nonce }) => ({ headers: await client(settings).sign(timestamp, nonce) }),

  headers({ settings, id, params, nowMs, random }) {
    const exchange = told(() => core(settings).call(id, params, ""));
    const step = told(() => exchange.step(nowMs, unhex(random)));
    return request(exchange, step, params);
  },

  read({ settings, id, status, body }) {
    const reply = told(() => core(settings).read(id, status, bytes(body)));
    return { data: reply.text(), reply: JSON.parse(reply.about()) };
  },

  async push({ accessKey, accessSecret, authorization, body }) {
    // As a server of fetch has it, where fetch can say the header at all.
    const headers = { authorization };
    const message = /^[\x20-\x7e]*$/.test(authorization)
      ? new Request("http://127.0.0.1/", { method: "POST", headers, body: bytes(body) })
      : { authorization, body: bytes(body) };
    const read = await verifyPush(message, { accessKey, accessSecret });
    // The digits of the message are the core's own.
    const { readPush } = await loadLater();
    const text = readPush(accessKey, accessSecret, authorization, bytes(body));
    if (JSON.stringify(JSON.parse(text)) !== JSON.stringify(read))
      throw new Error("two readings of one message differ");
    return { message: text };
  },

  async "sign-push"({ message, content, timeMs, platform, ...account }) {
    const time = timeMs === null ? undefined : new Date(timeMs);
    const given = content === null ? undefined : JSON.parse(content);
    const options = { ...account, content: given, platform: platform ?? undefined, time };
    const { authorization, body } = await signPush(message, options);
    return { authorization, body: new TextDecoder().decode(body) };
  },

  trace({ settings, calls, events }) {
    const one = core(settings);
    const begun = [];
    const answers = [];
    const happened = [];
    for (const event of events) {
      const { id, params, options } = calls[event.call];
      begun[event.call] ??= told(() => one.call(id, params, options));
      const exchange = begun[event.call];
      exchange.listen();
      if (event.step) {
        answers.push(next(exchange, event.step, params));
        happened.push(received(exchange, exchange.events()));
      } else if (event.response) respond(exchange, event.response);
      else if (event.failure) exchange.onFailure(event.failure.kind, event.failure.maybeSent, event.failure.detail);
      else exchange.cancel();
    }
    return { answers, events: happened };
  },

  async search({ settings, ticket, settle, wait, options, events }) {
    const later = await loadLater();
    const text = JSON.stringify(settings);
    const search = told(() => {
      if (settle) return later.settle(text, settle.id, settle.params, options);
      return wait ? later.wait(text, wait.of, wait.state, wait.id, options) : later.recover(text, ticket, options);
    });
    const answers = [];
    for (const { step, reply, failure, push } of events) {
      if (step !== undefined) answers.push(searched(search, step));
      else if (reply) search.onReply(reply.data, reply.about);
      else if (failure) search.onFailure(failure.error, failure.isRetryable, failure.ticket);
      else answers.push({ wakes: search.onPush(push) });
    }
    search.free();
    return { answers };
  },

  async call({ settings, id, params, options }, { via }) {
    const reply = await callOf(client(settings, via), id)(params, options).withReply();
    return { data: JSON.stringify(reply.data), reply: about(reply) };
  },

  async recover({ settings, ticket, options }, { via }) {
    return { outcome: JSON.stringify(await client(settings, via).recover(ticket, options)) };
  },

  async settle({ settings, id, params, options }, { via }) {
    const ended = await client(settings, via).settle(id, params, options);
    if ("outcome" in ended) return { outcome: JSON.stringify(ended) };
    return { data: JSON.stringify(ended.data), reply: about(ended) };
  },

  async wait({ settings, of, state, id, options, push }, { via }) {
    const one = client(settings, via);
    const pushed = async () => one.onPush(await one.verifyPush(push));
    if (push) setTimeout(pushed, push.afterMs);
    const camel = of.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
    const group = camel.split(".").reduce((at, name) => at?.[name], one);
    const name = of.endsWith("after_sale") ? "refundId" : "orderId";
    const waited = group?.waitUntil
      ? await group.waitUntil(state, { [name]: id }, options)
      : await one.waitUntil(of, state, id, options);
    return { waited: JSON.stringify(waited) };
  },

  /** Writes of several users at the same time, each seen to its end. */
  async settles({ settings, calls, concurrency }, { via }) {
    const clients = settings.map((one) => client(one, via));
    const results = [];
    let number = 0;
    const lane = async () => {
      while (number < calls.length) {
        const mine = number++;
        const { by, id, params } = calls[mine];
        try {
          const ended = await clients[by].settle(id, params);
          results[mine] = "outcome" in ended ? { outcome: JSON.stringify(ended) } : { ok: JSON.stringify(ended.data) };
        } catch (thrown) {
          if (!(thrown instanceof XportcnError)) throw thrown;
          results[mine] = { kind: thrown.kind };
        }
      }
    };
    await Promise.all(Array.from({ length: concurrency }, lane));
    return { results };
  },

  async shapes({ settings, id, params, options }, { via }) {
    const one = client(settings, via);
    await callOf(one, id)(params, options).catch(() => {});
    return { shapes: await one.shapes() };
  },

  async items({ settings, id, params, atMost }, { via }) {
    const items = [];
    for await (const item of callOf(client(settings, via), id).items(params)) {
      if (items.push(item) === atMost) break;
    }
    return { items: JSON.stringify(items), count: items.length };
  },

  async pages({ settings, id, params }, { via }) {
    const pages = [];
    try {
      for await (const reply of callOf(client(settings, via), id).pages(params).withReply()) {
        pages.push({ data: JSON.stringify(reply.data), reply: about(reply) });
      }
    } catch (thrown) {
      if (thrown instanceof XportcnError) return { pages, error: factsOf(thrown) };
      throw thrown;
    }
    return { pages };
  },

  async load({ settings, id, params, count, concurrency }, { via }) {
    const call = callOf(client(settings, via), id);
    const results = [];
    const failed = {};
    let number = 0;
    const lane = async () => {
      while (number < count) {
        const mine = number++;
        try {
          results[mine] = { ok: JSON.stringify(await call(numbered(params, mine))) };
        } catch (thrown) {
          if (!(thrown instanceof XportcnError)) throw thrown;
          failed[thrown.kind] = (failed[thrown.kind] ?? 0) + 1;
          results[mine] = { kind: thrown.kind };
        }
      }
    };
    await Promise.all(Array.from({ length: concurrency }, lane));
    return { succeeded: results.filter((result) => "ok" in result).length, failed, results };
  },

  async cancel({ settings, id, params, afterMs }, { via }) {
    const controller = new AbortController();
    const one = await client(settings, via).ready();
    const started = performance.now();
    const call = callOf(one, id)(params, { signal: controller.signal });
    setTimeout(() => controller.abort(), afterMs);
    try {
      await call;
    } catch (thrown) {
      const elapsedMs = Math.round(performance.now() - started);
      if (thrown instanceof XportcnError) return { error: factsOf(thrown), elapsedMs };
      throw thrown;
    }
    throw new Error("the call ended before it was cancelled");
  },
};

function core(settings) {
  return told(() => new glue.Core(JSON.stringify(settings)));
}

function client(settings, via) {
  const baseUrl = via && settings.baseUrl ? via(settings.baseUrl) : settings.baseUrl;
  return new Xportcn({ ...settings, baseUrl, logger: null });
}

/** The call of an id; one that there is not is asked for by its id. */
function callOf(client, id) {
  const camel = (word) => word.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
  const call = id.split(".").reduce((found, word) => found?.[camel(word)], client);
  return call ?? ((params, options) => client.request(id, params, options));
}

function next(exchange, { nowMs, random }, params) {
  let step;
  try {
    step = told(() => exchange.step(nowMs, unhex(random)));
  } catch (thrown) {
    if (!(thrown instanceof XportcnError)) throw thrown;
    return { done: { error: factsOf(thrown), attempts: exchange.attempts } };
  }
  if (step === 0 || step === 3) return { send: request(exchange, step, params) };
  if (step === 1) return { wait: exchange.millis };
  return { done: { data: exchange.text(), reply: JSON.parse(exchange.about()), attempts: exchange.attempts } };
}

function searched(search, nowMs) {
  const step = search.step(nowMs);
  if (step === 0) return { call: { id: search.text(), params: search.params() } };
  if (step === 1) return { wait: search.millis };
  return step === 2 ? { done: search.text() } : { last: step === 3 };
}

function request(exchange, step, params) {
  return signed(exchange.text(), step === 3 ? params : (exchange.body() ?? null));
}

function respond(exchange, { status, headers, body }) {
  const header = (name) => headers.find(([one]) => one.toLowerCase() === name)?.[1];
  const lines = headers.map(([name, value]) => `${name}: ${value}`).join("\n");
  const as = bytes(body);
  // A second report is none.
  if (!reported.has(exchange)) lengths.set(exchange, as.length);
  reported.add(exchange);
  exchange.onResponse(status, lines, utf8(as, header("content-type")));
}

/** The bytes of the last answers, as they were received: the core has them in UTF-8. */
const lengths = new WeakMap();
const reported = new WeakSet();

function received(exchange, events) {
  reported.delete(exchange);
  if (!events) return events;
  const told = JSON.parse(events);
  for (const event of told) if (event.event === "answered") event.bytes = lengths.get(exchange);
  return JSON.stringify(told);
}

function about({ requestId, message, developId, warnings }) {
  return { requestId, message, developId, warnings };
}

/** The members of an error, from its class's own properties. */
function factsOf(error) {
  const {
    name: _,
    message,
    stack: __,
    cause,
    platformMessage,
    // What a call took is its host's own.
    response: ___,
    attempts: ____,
    durationMs: _____,
    ...rest
  } = Object.fromEntries(Object.getOwnPropertyNames(error).map((name) => [name, error[name]]));
  const facts = { ...rest, text: message };
  if (platformMessage !== undefined) facts.message = platformMessage;
  if (error.kind === "AmbiguousWrite") facts.cause = factsOf(cause);
  return facts;
}

function numbered(params, number) {
  if (typeof params === "string") return params.replaceAll("{n}", String(number));
  if (Array.isArray(params)) return params.map((value) => numbered(value, number));
  if (typeof params !== "object" || params === null) return params;
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, numbered(value, number)]));
}

function bytes(body) {
  if (typeof body === "string") return new TextEncoder().encode(body);
  return Uint8Array.from(atob(body.base64), (letter) => letter.charCodeAt(0));
}

function unhex(text) {
  return Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
}
