// Makes every call by the client that openapi-generator wrote for fetch, and prints what its types have read: CLIENT CALLS URL.
const { readFileSync } = require("node:fs");
const { exactFetch, parse } = require("./exact.cjs");

const [, , folder, file, basePath] = process.argv;
const api = require(folder);

async function make(call) {
  const service = new api[`${call.section}Api`](new api.Configuration({ basePath, fetchApi: exactFetch }));
  const given = { ...call.query };
  for (const [index, name] of call.pathNames.entries()) given[name] = call.path[index];
  if (call.body) given[`${call.name}Request`] = call.body;
  return service[call.name](given);
}

(async () => {
  for (const call of parse(readFileSync(file, "utf8"))) {
    const line = { id: call.id };
    try {
      line.reply = await make(call);
    } catch (error) {
      line.error = String(error?.cause ?? error);
    }
    console.log(JSON.stringify(line));
  }
})();
