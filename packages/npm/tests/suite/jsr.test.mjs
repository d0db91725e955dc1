// The package for JSR: what its registry would refuse, and a program of Deno that has it from a server, as from JSR.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

const JSR = process.env.XPORTCN_JSR;
const DENO = new URL("../node_modules/.bin/deno", import.meta.url).pathname;
const run = promisify(execFile);

test("JSR would take the package: `deno publish --dry-run` finds nothing", async () => {
  const manifest = JSON.parse(readFileSync(join(JSR, "jsr.json"), "utf8"));
  const npm = JSON.parse(readFileSync(new URL("../node_modules/xportcn/package.json", import.meta.url), "utf8"));
  assert.deepEqual([manifest.name, manifest.version, manifest.license], ["@xportcn/xportcn", npm.version, npm.license]);
  // What was built is not committed.
  const { stderr } = await run(DENO, ["publish", "--dry-run", "--allow-dirty"], { cwd: JSR });
  assert.match(stderr, /Dry run complete/);
  assert.doesNotMatch(stderr, /warning/i);
});

test("a program of Deno has the package from a server, with its types and modules", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "xportcn-jsr-"));
  const server = createServer((request, answer) => {
    const type = request.url.endsWith(".ts") ? "application/typescript" : "text/javascript";
    try {
      answer.writeHead(200, { "content-type": type }).end(readFileSync(join(JSR, request.url)));
    } catch {
      answer.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const host = `127.0.0.1:${server.address().port}`;
  const { exports } = JSON.parse(readFileSync(join(JSR, "jsr.json"), "utf8"));
  const imports = Object.entries(exports).map(([name, path]) => [
    name.replace(".", "@xportcn/xportcn"),
    new URL(path, `http://${host}/`).href,
  ]);
  writeFileSync(join(folder, "deno.json"), JSON.stringify({ imports: Object.fromEntries(imports) }));
  writeFileSync(
    join(folder, "main.ts"),
    `import { verifyPush, Xportcn } from "@xportcn/xportcn";
    import { TaobaoOrderStatus } from "@xportcn/xportcn/codes";
    import { compare } from "@xportcn/xportcn/numbers";
    import { requestSchema } from "@xportcn/xportcn/schemas";

    const account = { accessKey: "k", accessSecret: "s", userId: "u" };
    const fetch = async () => new Response('{"code":200,"data":{"orderId":"7"}}');
    const order = await new Xportcn({ ...account, fetch }).taobao.order.get({ orderId: 7n });
    const id: string | null | undefined = order.orderId;
    const refused = await verifyPush({ authorization: "", body: "{}" }, account).catch((error: Error) => error.name);
    const { issues } = requestSchema("taobao.order.get")["~standard"].validate(7) as { issues?: unknown[] };
    console.log(id, refused, TaobaoOrderStatus.WaitBuyerPay, compare("1.50", 1.5), issues?.length);
    // @ts-expect-error there is no such call
    export type Absent = typeof order.nothing;`,
  );
  const env = { ...process.env, DENO_DIR: join(folder, "cache"), NO_COLOR: "1" };
  const given = ["run", "--check", "--no-prompt", `--allow-import=${host}`, "--allow-net", "main.ts"];
  const { stdout } = await run(DENO, given, { cwd: folder, env });
  assert.equal(stdout.trim(), "7 PushSignatureError 0 0 1");
});
