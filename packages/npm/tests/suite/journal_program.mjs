// What a process of the journal's tests does, in any runtime: `journal_program.mjs URL FILE OPERATION [ARGUMENT]..` prints what
// came of it as JSON. Without words it does nothing.
import { argv, exit } from "node:process";
import { Xportcn } from "xportcn";
import { InUseError, Journal, JournalError } from "xportcn/journal";

const CREATE = "taobao.order.purchase_create";
const [url, file, operation, ...rest] = argv.slice(2);

if (url !== undefined) {
  console.log(JSON.stringify(await told()));
  exit(0);
}

async function told() {
  let journal;
  try {
    journal = await Journal.open(file);
    return await done(journal);
  } catch (error) {
    const { kind, path, field, key, name, message } = error;
    const is = [error instanceof JournalError, error instanceof InUseError];
    return { error: { kind, path, field, key, name, message, is } };
  } finally {
    journal?.close();
  }
}

async function done(journal) {
  const account = { accessKey: "sandbox-key", accessSecret: "sandbox-secret", userId: "sandbox-user" };
  const client = new Xportcn({ ...account, baseUrl: url, maxRetries: 0, deadline: 5000, recoveryWindow: 1000 });
  const settle = (params, options) => journal.settle(client, CREATE, JSON.parse(params), options);
  switch (operation) {
    case "settle":
      return ended(await settle(rest[0], rest[1] && JSON.parse(rest[1])));
    case "together": {
      const all = await Promise.allSettled(Array.from({ length: 6 }, () => settle(rest[0])));
      return all.map(({ value, reason }) => (value ? "data" in value : reason.name));
    }
    case "abort": {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 500);
      const error = await settle(rest[0], { signal: controller.signal }).catch((error) => error);
      return { error: error.kind, after: ended(await settle(rest[0])) };
    }
    case "recover":
      return (await journal.recoverOpen(client)).map(({ key, endpoint, result }) => ({
        key,
        endpoint,
        ...ended(result),
      }));
    case "list":
      return { all: journal.writes(), open: journal.openWrites() };
    default:
      throw new Error(operation);
  }
}

function ended(settled) {
  if ("outcome" in settled) return settled;
  return { data: settled.data, requestId: settled.requestId, raw: settled.raw.length };
}
