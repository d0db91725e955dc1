// Handlers of pushed messages in real servers, over loopback. Each server stands for all handlers of its kind.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { connect } from "node:net";
import { after, before, describe, test } from "node:test";
import { serve } from "@hono/node-server";
import express from "express";
import { Hono } from "hono";
import { signPush } from "xportcn";
import { pushed as forExpress } from "xportcn/express";
import { serve as forFetch, pushed as forHono } from "xportcn/hono";

const account = { accessKey: "key-of-the-tests", accessSecret: "secret-of-the-tests" };

/** Starts a server whose handlers have these options; gives its port and how to end it. */
const servers = {
  async express(options, work) {
    const app = express();
    app.post("/pushed", forExpress(options, work));
    app.post("/raw", express.raw({ type: "*/*", limit: "2mb" }), forExpress(options, work));
    app.post("/parsed", express.json(), forExpress(options, work));
    app.use((error, _request, response, _next) => response.status(500).end(error.message));
    return listening(createServer(app));
  },
  async hono(options, work) {
    const app = new Hono();
    app.post("/pushed", forHono(options, work));
    app.post("/parsed", async (context) => {
      await context.req.raw.json();
      return forHono(options, work)(context);
    });
    app.onError((error, context) => context.text(error.message, 500));
    return listening(serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }));
  },
  async fetch(options, work) {
    return listening(serve({ fetch: forFetch(options, work), port: 0, hostname: "127.0.0.1" }));
  },
};

async function listening(server) {
  if (!server.listening) await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const end = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { port: server.address().port, end };
}

const post = (port, { authorization, body }, path = "/pushed") =>
  fetch(`http://127.0.0.1:${port}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(authorization && { authorization }) },
    body,
  });

for (const [name, start] of Object.entries(servers)) {
  describe(`pushed messages with ${name}`, () => {
    const got = [];
    let server;
    let gate = Promise.resolve();
    before(async () => {
      const options = { ...account, maxBytes: 10_000, remember: 2, onError: (error) => got.push(error) };
      server = await start(options, async (message, { repeated }) => {
        await gate;
        got.push([message.id, message.body.orderId, repeated]);
        if (message.body.orderId === "broken") throw new Error("the work fails");
      });
    });
    after(() => server.end());

    async function worked(count) {
      for (let left = 100; got.length < count; left--) {
        assert.ok(left > 0, `${got.length} of ${count}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return got.splice(0);
    }

    const order = (orderId) => signPush("ORDER_PAY_SUCCESS", { ...account, content: { orderId } });

    test("an accepted message is answered with 200 before the work is done", async () => {
      let open;
      gate = new Promise((resolve) => {
        open = resolve;
      });
      const answer = await post(server.port, await order("1"));
      assert.deepEqual([answer.status, await answer.text()], [200, ""]);
      assert.deepEqual(got, []);
      open();
      const [[id, orderId, repeated]] = await worked(1);
      assert.deepEqual([id.length, orderId, repeated], [32, "1", false]);
    });

    test("a wrong signature is answered with 401 and without a word of why", async () => {
      const signed = await order("2");
      for (const wrong of [
        { ...signed, authorization: signed.authorization.replace(/^./, (c) => (c === "0" ? "1" : "0")) },
        { ...signed, authorization: undefined },
        { ...signed, body: Buffer.concat([signed.body, Buffer.from(" ")]) },
        await signPush("ORDER_CREATE", { ...account, accessSecret: "another" }),
      ]) {
        const answer = await post(server.port, wrong);
        assert.deepEqual([answer.status, await answer.text()], [401, ""]);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
      assert.deepEqual(got, []);
    });

    test("a body that is too large is answered with 413, also where its length is not told", async () => {
      const large = await signPush("X", { ...account, platform: 1, content: "x".repeat(20_000) });
      assert.equal((await post(server.port, large)).status, 413);
      assert.match(await chunked(server.port, large), /^HTTP\/1.1 413 /);
      assert.deepEqual(got, []);
    });

    test("a repeated message is flagged by its id, of as many as are remembered", async () => {
      const [one, two, three] = [await order("3"), await order("4"), await order("5")];
      for (const signed of [one, one, two, three, one]) {
        assert.equal((await post(server.port, signed)).status, 200);
      }
      const messages = (await worked(5)).map(([, orderId, repeated]) => [orderId, repeated]);
      messages.sort(([a], [b]) => a.localeCompare(b));
      assert.deepEqual(messages, [
        ["3", false],
        ["3", true],
        ["3", false],
        ["4", false],
        ["5", false],
      ]);
    });

    test("work that fails is told, and the server goes on", async () => {
      assert.equal((await post(server.port, await order("broken"))).status, 200);
      const [, error] = await worked(2);
      assert.equal(error.message, "the work fails");
      assert.equal((await post(server.port, await order("6"))).status, 200);
      await worked(1);
    });

    test("a signed body that holds no message is answered with 400", async () => {
      const { createHmac } = await import("node:crypto");
      const body = "[]";
      const authorization = createHmac("sha256", account.accessSecret)
        .update(account.accessKey + body)
        .digest("hex");
      assert.equal((await post(server.port, { authorization, body })).status, 400);
    });

    if (name !== "fetch") {
      test("a body that was parsed before is an error that says what to do", async () => {
        const answer = await post(server.port, await order("7"), "/parsed");
        assert.equal(answer.status, 500);
        assert.match(await answer.text(), /parse/);
      });
    }
    if (name === "express") {
      test("a body that express.raw has kept is taken", async () => {
        assert.equal((await post(server.port, await order("8"), "/raw")).status, 200);
        assert.equal((await worked(1))[0][1], "8");
        const large = await signPush("X", { ...account, platform: 1, content: "x".repeat(20_000) });
        assert.equal((await post(server.port, large, "/raw")).status, 413);
      });
    }
  });
}

/** Posts a body in chunks, which tell no length before; gives the answer's first line. */
function chunked(port, { authorization, body }) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(
        `POST /pushed HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: ${authorization}\r\n` +
          `content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`,
      );
      socket.write(`${body.length.toString(16)}\r\n`);
      socket.write(body);
      socket.write("\r\n0\r\n\r\n");
    });
    socket.once("data", (data) => {
      resolve(String(data).split("\r\n")[0]);
      socket.destroy();
    });
    socket.once("error", reject);
  });
}
