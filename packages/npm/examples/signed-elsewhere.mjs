// A client without the secret, for a page: a transport that has each request signed by your own server.
import { Xportcn } from "xportcn";

export function signedBy(signer, accessKey, userId, baseUrl) {
  return new Xportcn({
    accessKey,
    accessSecret: "kept-by-the-server",
    userId,
    baseUrl,
    fetch: async (url, request) => {
      const { timestamp, "nonce-str": nonce } = request.headers;
      const answer = await fetch(signer, { method: "POST", body: JSON.stringify({ timestamp, nonce }) });
      if (!answer.ok) throw new Error(`the signer answers with HTTP status ${answer.status}`);
      const signed = await answer.json();
      const target = new URL(url);
      if (target.searchParams.has("sign")) target.searchParams.set("sign", signed.signature);
      return fetch(target, { ...request, headers: { ...request.headers, ...signed } });
    },
  });
}
