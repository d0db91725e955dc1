// The host in a page: calls go to the page's own server, which carries them on.

import * as inside from "../node_modules/xportcn/dist/inside-page.js";
import { answer, use } from "./operations.mjs";

use(inside);

const via = (baseUrl) => baseUrl.replace(/^(http:\/\/)127\.0\.0\.1:(\d+)/i, `$1${location.host}/to/$2`);
const runtime = navigator.userAgent.replace(/.*(Chrome\/[\d.]+).*/, "$1");

globalThis.answer = (one) => answer(one, { runtime, via, failures: "untold", resends: true });
