// A call that is driven by hand: this package decides, and your program sends and waits.
import { Xportcn } from "xportcn";

export async function sansIo(client, id, params, send) {
  const exchange = await client.exchange(id, params);
  for (;;) {
    const step = exchange.step();
    if (step.next === "done") return JSON.parse(step.json);
    if (step.next === "wait") {
      await new Promise((resolve) => setTimeout(resolve, step.millis));
      continue;
    }
    const { url, method, headers, body, timeoutMs } = step.request;
    try {
      const answer = await send(url, { method, headers, body, signal: AbortSignal.timeout(timeoutMs) });
      exchange.onResponse(answer.status, answer.headers, new Uint8Array(await answer.arrayBuffer()));
    } catch (error) {
      exchange.onFailure("other", true, String(error));
    }
  }
}

const { XPORTCN_ACCESS_KEY: accessKey, XPORTCN_ACCESS_SECRET: accessSecret } = process.env;
const { XPORTCN_USER_ID: userId, XPORTCN_BASE_URL: baseUrl } = process.env;
const client = new Xportcn({ accessKey, accessSecret, userId, baseUrl });
console.log(await sansIo(client, "taobao.order.page", { pageNo: 1, pageSize: 10 }, fetch));
