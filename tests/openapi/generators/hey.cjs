// Makes every call by the client that hey-api wrote, which validates replies by zod, and prints what its types have read:
// CLIENT CALLS URL.
const { readFileSync } = require("node:fs");
const { exactFetch, parse } = require("./exact.cjs");

const [, , folder, file, baseUrl] = process.argv;
const calls = require(`${folder}/sdk.gen.js`);
const { client } = require(`${folder}/client.gen.js`);

client.setConfig({ baseUrl, fetch: exactFetch, throwOnError: true });

async function make(call) {
  const path = Object.fromEntries(call.pathNames.map((name, index) => [name, call.path[index]]));
  const { data } = await calls[call.name]({ path, query: call.query, body: call.body ?? undefined });
  return data;
}

const plain = (_, value) => (typeof value === "bigint" ? JSON.rawJSON?.(String(value)) ?? String(value) : value);

(async () => {
  for (const call of parse(readFileSync(file, "utf8"))) {
    const line = { id: call.id };
    try {
      line.reply = await make(call);
    } catch (error) {
      line.error = error instanceof Error ? String(error.message) : JSON.stringify(error);
    }
    console.log(JSON.stringify(line, plain));
  }
})();
