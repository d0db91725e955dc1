// The host in a worker: a case is the body of a request. The runtime has the same error for every lost request.

import * as inside from "../node_modules/xportcn/dist/inside-page.js";
import { answer, use } from "./operations.mjs";

use(inside);

export default {
  async fetch(request) {
    return Response.json(await answer(await request.json(), { runtime: navigator.userAgent, failures: "untold" }));
  },
};
