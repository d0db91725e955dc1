// The server of agents, driven by the official TypeScript client: over stdio on 1688 with a person who is asked, and over HTTP.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";

const program = process.env.XPORTCN_CLI;
const SECRET = "sandbox-secret";
let folder;
let sandbox;
let platform;

/** A process, and the first match in what it says on stdout or stderr. */
async function started(words, stream, pattern, env = {}) {
  const child = spawn(program, words, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for await (const piece of child[stream]) {
    said += piece;
    const found = said.match(pattern);
    if (found) return { child, found, said: () => said };
  }
  throw new Error(`it ended: ${said}`);
}

const environment = () => ({
  XPORTCN_BASE_URL: platform,
  XPORTCN_ACCESS_KEY: "sandbox-key",
  XPORTCN_ACCESS_SECRET: SECRET,
  XPORTCN_USER_ID: "sandbox-user",
  HOME: "/nonexistent",
  PATH: process.env.PATH,
});
const live = (journal, ...flags) => ["mcp", "--live", "--journal", join(folder, journal), ...flags];

async function ledger() {
  const answer = await fetch(`${platform}/sandbox/ledger`);
  return (await answer.json()).entries;
}

/** A client of a server that it starts, with a person who answers so. */
async function connected(t, words, answer) {
  const client = new Client(
    { name: "tests", version: "1" },
    { capabilities: answer ? { elicitation: { form: {} } } : {} },
  );
  const asked = [];
  if (answer) {
    client.setRequestHandler(ElicitRequestSchema, (request) => {
      asked.push(request.params.message);
      assert.deepEqual(request.params.requestedSchema.required, ["confirm"]);
      return answer;
    });
  }
  t.after(() => client.close());
  await client.connect(
    new StdioClientTransport({ command: program, args: words, env: environment(), stderr: "ignore" }),
  );
  return { client, asked };
}

/** What a tool answers; the client checks it by the tool's schema. A refusal is thrown. */
async function call(client, name, given) {
  const result = await client.callTool({ name, arguments: given });
  if (result.isError) throw Object.assign(new Error("refused"), JSON.parse(result.content[0].text).error);
  return result.structuredContent;
}

async function offer(client) {
  const found = await call(client, "find_products", { market: "1688", words: "男鞋" });
  const id = found.data.products[0].id;
  const shown = await call(client, "product_details", { market: "1688", id, select: "productSkuInfos" });
  return {
    flow: "general",
    addressParam: {
      fullName: "张三",
      mobile: "13800000000",
      provinceText: "浙江省",
      cityText: "杭州市",
      areaText: "西湖区",
      townText: "转塘",
      address: "象山路1号",
    },
    cargoParamList: [{ offerId: id, specId: shown.data[0].specId, quantity: "1" }],
    outOrderId: `ts-${Math.random()}`,
  };
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "xportcn-mcp-"));
  sandbox = await started(["sandbox"], "stdout", /listening on (\S+)/);
  platform = sandbox.found[1];
});
after(async () => {
  sandbox.child.kill();
  for (const name of await readdir(folder)) {
    assert.ok(!(await readFile(join(folder, name))).includes(SECRET), name);
  }
  await rm(folder, { recursive: true });
});

test("a buyer on 1688 orders and pays, and a person has the word", async (t) => {
  const words = live("buyer", "--max-order", "5000 CNY", "--max-day", "9000 CNY");
  const yes = await connected(t, words, { action: "accept", content: { confirm: true } });
  const tools = await yes.client.listTools();
  assert.equal(tools.tools.length, 11);
  const order = await offer(yes.client);
  const quote = await call(yes.client, "quote_order", { call: "alibaba.order.create", params: order });
  assert.equal(quote.cost.known, true);
  const many = { ...order, cargoParamList: [{ ...order.cargoParamList[0], quantity: "5000" }] };
  await assert.rejects(call(yes.client, "propose_write", { call: "alibaba.order.create", params: many }));
  const proposal = await call(yes.client, "propose_write", { call: "alibaba.order.create", params: order });
  const { token, params } = proposal;
  assert.deepEqual(await ledger(), []);

  const no = await connected(t, words, { action: "decline" });
  const other = await call(no.client, "propose_write", { call: "alibaba.order.create", params: order });
  const declined = call(no.client, "confirm_write", { call: other.call, params: other.params, token: other.token });
  await assert.rejects(declined, { kind: "declined" });
  assert.deepEqual(await ledger(), []);
  await no.client.close();

  const created = await call(yes.client, "confirm_write", { call: "alibaba.order.create", params, token });
  assert.equal(created.write.state, "answered");
  assert.deepEqual(yes.asked, [proposal.summary]);
  await assert.rejects(call(yes.client, "confirm_write", { call: "alibaba.order.create", params, token }), {
    kind: "token",
  });
  const id = created.data.orderId;
  const pay = { call: "alibaba.order.batch_submit_payment", params: { orderIds: [id] } };
  const payment = await call(yes.client, "propose_write", pay);
  assert.equal(payment.cost.amount, quote.cost.amount);
  await call(yes.client, "confirm_write", { ...pay, params: payment.params, token: payment.token });
  const waited = await call(yes.client, "wait_for", { of: "alibaba.order", state: "paid", id, seconds: 10 });
  assert.equal(waited.outcome, "reached");
  const limits = await yes.client.readResource({ uri: "xportcn://limits" });
  // An order and its payment count once.
  const spent = JSON.parse(limits.contents[0].text).spent_in_24_hours;
  assert.equal(Number.parseFloat(spent), Number.parseFloat(quote.cost.amount));
  assert.deepEqual(
    (await ledger()).map((entry) => entry.action),
    ["created", "paid"],
  );
  await yes.client.close();
});

test("each call can be a tool of its own, and those that write only propose", async (t) => {
  const { client } = await connected(t, live("all", "--max-order", "5000 CNY", "--tools", "all"));
  const { tools } = await client.listTools();
  assert.equal(tools.length, 11 + 93);
  const writing = tools.filter((tool) => !tool.annotations.readOnlyHint).map((tool) => tool.name);
  assert.deepEqual(writing, ["confirm_write"]);
  const shown = await call(client, "taobao_product_get", { itemId: "77000000001" });
  assert.equal(shown.call, "taobao.product.get");
  const before = await ledger();
  const proposal = await call(client, "alibaba_order_create", await offer(client));
  assert.equal(proposal.call, "alibaba.order.create");
  assert.deepEqual(await ledger(), before);
  const { call: id, params, token } = proposal;
  await call(client, "confirm_write", { call: id, params, token });
  assert.equal((await ledger()).length, before.length + 1);
  await client.close();
});

test("a sandbox is played where nothing else is asked for", async (t) => {
  const { client } = await connected(t, ["mcp"]);
  const shown = await call(client, "read", { call: "address.list" });
  assert.ok(shown.data !== undefined);
  const prompts = await client.listPrompts();
  assert.ok(prompts.prompts.some((prompt) => prompt.name === "buy"));
  await client.close();
});

test("over HTTP it takes who has the token, by names of this machine, and no page in a browser", async (t) => {
  const words = live("http", "--max-order", "5000 CNY", "--http", "127.0.0.1:0");
  const server = await started(words, "stderr", /listening on (http:\S+)\n.*token is (\S+)/, environment());
  const [, url, token] = server.found;
  try {
    assert.equal(token.length, 32);
    const authorization = `Bearer ${token}`;
    const status = (headers) =>
      new Promise((resolve, reject) => {
        const body = JSON.stringify({
          jsonrpc: "2.0",
          id: 1,
          method: "initialize",
          params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "t", version: "1" } },
        });
        const usual = { "content-type": "application/json", accept: "application/json, text/event-stream" };
        const request = http.request(url, { method: "POST", headers: { ...usual, ...headers } }, (answer) => {
          answer.destroy();
          resolve(answer.statusCode);
        });
        request.on("error", reject);
        request.end(body);
      });
    assert.equal(await status({ authorization }), 200);
    assert.equal(await status({}), 401);
    assert.equal(await status({ authorization: `Bearer ${token}0` }), 401);
    assert.equal(await status({ authorization: `Bearer ${"0".repeat(32)}` }), 401);
    assert.equal(await status({ authorization, host: "evil.example" }), 403);
    assert.equal(await status({ authorization, origin: "https://evil.example" }), 403);
    assert.equal(await status({ authorization, origin: "null" }), 403);

    const client = new Client({ name: "tests", version: "1" }, { capabilities: { elicitation: { form: {} } } });
    client.setRequestHandler(ElicitRequestSchema, () => ({ action: "accept", content: { confirm: true } }));
    t.after(() => client.close());
    const headers = { authorization };
    await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
    const before = await ledger();
    const proposal = await call(client, "propose_write", { call: "alibaba.order.create", params: await offer(client) });
    const { call: id, params } = proposal;
    await call(client, "confirm_write", { call: id, params, token: proposal.token });
    assert.equal((await ledger()).length, before.length + 1);
    await client.close();
  } finally {
    server.child.kill();
  }
});

test("what would let other machines in, or spend without a limit, does not start", async () => {
  for (const [words, expected] of [
    [live("open", "--max-order", "1 CNY", "--http", "0.0.0.0:0"), /other machines/],
    [live("unlimited"), /what agents may spend/],
    [["mcp", "--live"], /--journal/],
    [live("wrong", "--max-order", "500"), /currency/],
  ]) {
    await assert.doesNotReject(started(words, "stderr", expected, environment()));
  }
});
