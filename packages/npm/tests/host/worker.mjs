// The host in a worker: a case is the body of a request. The runtime has the same error for every lost request.

import { answer } from "./operations.mjs";

export default {
  async fetch(request) {
    return Response.json(await answer(await request.json(), { runtime: navigator.userAgent, failures: "untold" }));
  },
};
