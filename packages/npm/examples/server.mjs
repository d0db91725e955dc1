// A server that keeps the secret: a route of its own for the page, a route that signs, and pushed messages.
import { createServer } from "node:http";
import { InvalidRequestError, Xportcn, XportcnError } from "xportcn";

const client = new Xportcn({
  accessKey: process.env.XPORTCN_ACCESS_KEY,
  accessSecret: process.env.XPORTCN_ACCESS_SECRET,
  userId: process.env.XPORTCN_USER_ID,
  baseUrl: process.env.XPORTCN_BASE_URL,
});

const routes = {
  // The page asks for what it shows, and nothing else.
  "POST /refund": async (body) => {
    const { subOrderId } = JSON.parse(body);
    return client.taobao.afterSale.render({ subOrderId, goodsStatus: 1, refundType: 1 });
  },
  // The page calls the platform itself, and has each request signed here. Check first who asks.
  "POST /sign": async (body) => {
    const { timestamp, nonce } = JSON.parse(body);
    return client.sign(timestamp, nonce);
  },
  // The platform tells what happened.
  "POST /push": async (body, headers) => {
    const message = await client.verifyPush({ authorization: headers.authorization, body });
    console.log(message.push, message.body);
    return {};
  },
};

export const server = createServer(async (request, answer) => {
  try {
    const parts = [];
    for await (const part of request) parts.push(part);
    const route = routes[`${request.method} ${request.url}`];
    if (!route) return answer.writeHead(404).end();
    const result = await route(Buffer.concat(parts), request.headers);
    answer.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(result));
  } catch (error) {
    const status = error instanceof InvalidRequestError ? 400 : error.kind === "PushSignature" ? 401 : 502;
    const message = error instanceof XportcnError ? error.message : "internal error";
    answer.writeHead(status).end(message);
  }
});

server.listen(Number(process.env.PORT ?? 3000), "127.0.0.1");
