// The endpoints of models on this machine: OpenAI's Chat Completions and Responses, and Anthropic's Messages. What the model
// does is a script; what is sent to it is checked as the endpoints would check it.
import assert from "node:assert/strict";
import { createServer } from "node:http";

/** Starts it. The script is told what the tools answered so far, as texts, and says which tool to call, or its last words. */
export async function scriptedModel(script) {
  const requests = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const piece of request) text += piece;
    try {
      const body = JSON.parse(text);
      requests.push(body);
      const [, answer] = Object.entries(ENDPOINTS).find(([path]) => request.url.endsWith(path));
      const said = JSON.stringify(answer(body, script));
      response.writeHead(200, { "content-type": "application/json" }).end(said);
    } catch (error) {
      response.writeHead(400, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: { type: "invalid_request_error", message: String(error.stack) } }));
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  return { url, requests, end: () => server.close() };
}

let last = 0;
const id = (kind) => {
  last += 1;
  return `${kind}_${last}`;
};

function tool(name, description, schema) {
  assert.match(name, /^[a-zA-Z0-9_-]{1,64}$/);
  assert.ok(description.length > 0 && description.length <= 1024, `${name}: ${description.length}`);
  assert.equal(schema.type, "object", name);
  assert.equal(typeof schema.properties, "object", name);
}

/** Each call has its answer, in order. */
function answered(calls, answers) {
  assert.deepEqual(answers, calls);
}

function chat({ model, messages, tools }, script) {
  assert.equal(typeof model, "string");
  for (const { type, function: told } of tools) {
    assert.equal(type, "function");
    tool(told.name, told.description, told.parameters);
  }
  const results = messages.filter(({ role }) => role === "tool");
  for (const { content } of results) assert.equal(typeof content, "string");
  answered(
    messages.flatMap(({ tool_calls: calls = [] }) => calls.map((call) => call.id)),
    results.map((result) => result.tool_call_id),
  );
  const step = script(results.map(({ content }) => content));
  const message = { role: "assistant", content: null, refusal: null };
  if (typeof step === "string") message.content = step;
  else {
    message.tool_calls = [step].map(([name, given]) => {
      const written = typeof given === "string" ? given : JSON.stringify(given);
      return { id: id("call"), type: "function", function: { name, arguments: written } };
    });
  }
  const reason = typeof step === "string" ? "stop" : "tool_calls";
  return {
    id: id("chatcmpl"),
    object: "chat.completion",
    created: 1,
    model,
    choices: [{ index: 0, message, finish_reason: reason, logprobs: null }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  };
}

function responses({ model, input, tools }, script) {
  for (const { type, name, description, parameters, strict } of tools) {
    assert.equal(type, "function");
    assert.equal(strict, false, "a strict tool must require all members");
    tool(name, description, parameters);
  }
  const results = input.filter(({ type }) => type === "function_call_output");
  for (const { output } of results) assert.equal(typeof output, "string");
  answered(
    input.filter(({ type }) => type === "function_call").map((call) => call.call_id),
    results.map((result) => result.call_id),
  );
  const step = script(results.map(({ output }) => output));
  const output =
    typeof step === "string"
      ? [
          {
            id: id("msg"),
            type: "message",
            role: "assistant",
            status: "completed",
            content: [{ type: "output_text", text: step, annotations: [], logprobs: [] }],
          },
        ]
      : [step].map(([name, given]) => {
          const written = typeof given === "string" ? given : JSON.stringify(given);
          return {
            id: id("fc"),
            type: "function_call",
            status: "completed",
            call_id: id("call"),
            name,
            arguments: written,
          };
        });
  return {
    id: id("resp"),
    object: "response",
    created_at: 1,
    status: "completed",
    model,
    output,
    tools,
    tool_choice: "auto",
    parallel_tool_calls: true,
    error: null,
    incomplete_details: null,
    instructions: null,
    metadata: {},
    usage: {
      input_tokens: 1,
      output_tokens: 1,
      total_tokens: 2,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens_details: { reasoning_tokens: 0 },
    },
  };
}

function messages({ model, max_tokens: most, messages, tools }, script) {
  assert.ok(most > 0);
  for (const { name, description, input_schema: schema } of tools) tool(name, description, schema);
  const blocks = messages.flatMap(({ content }) => (typeof content === "string" ? [] : content));
  const results = blocks.filter(({ type }) => type === "tool_result");
  for (const { content } of results) assert.equal(typeof content, "string");
  answered(
    blocks.filter(({ type }) => type === "tool_use").map((call) => call.id),
    results.map((result) => result.tool_use_id),
  );
  const step = script(results.map(({ content }) => content));
  const content =
    typeof step === "string"
      ? [{ type: "text", text: step, citations: null }]
      : [step].map(([name, input]) => ({ type: "tool_use", id: id("toolu"), name, input }));
  return {
    id: id("msg"),
    type: "message",
    role: "assistant",
    model,
    content,
    stop_reason: typeof step === "string" ? "end_turn" : "tool_use",
    stop_sequence: null,
    usage: { input_tokens: 1, output_tokens: 1 },
  };
}

const ENDPOINTS = { "/chat/completions": chat, "/responses": responses, "/messages": messages };

/** The data of an answer, as a model reads it: between the two lines with the mark. */
export function read(text) {
  const [, inner] = /\n<<< (?:[0-9a-f]{32})\n(.*)\n>>> [0-9a-f]{32}$/s.exec(text) ?? [];
  return JSON.parse(inner ?? text);
}

export const RECEIVER = {
  name: "张三",
  mobilePhone: "13800000000",
  state: "浙江省",
  city: "杭州市",
  address: "象山路1号",
};

/** A buyer: looks at a product, proposes an order of at most so many fen, confirms it, and says what came of it. */
export function buyer(most = "90000", item = "77000000001") {
  return (results) => {
    const told = results.map(read);
    const at = told.length;
    if (told.at(-1)?.error !== undefined) return `refused: ${told.at(-1).error.message}`;
    if (at === 0) return ["product_details", { market: "taobao", id: item }];
    if (at === 1) {
      const line = { itemId: item, skuId: told[0].data.skuList[0].skuId, quantity: 1 };
      const params = { orderLineList: [line], purchaseAmount: most, receiver: RECEIVER };
      return ["propose_write", { call: "taobao.order.purchase_create", params }];
    }
    const { call, params, token } = told[1];
    if (at === 2) return ["confirm_write", { call, params, token }];
    return `ordered ${told[2].data.orderList[0].purchaseId}`;
  };
}
