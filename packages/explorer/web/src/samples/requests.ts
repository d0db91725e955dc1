// A call as a plain request, for languages without a package of this SDK. Loaded when somebody asks for it.
import { targets } from "@readme/httpsnippet/targets";
import type { Attempt } from "../api";

/** Target and client of the library, and what begins a comment. */
const TARGETS: Record<string, [keyof typeof targets, string, string]> = {
  go: ["go", "native", "// "],
  php: ["php", "curl", "// "],
  csharp: ["csharp", "httpclient", "// "],
  ruby: ["ruby", "native", "# "],
  node: ["javascript", "fetch", "// "],
  powershell: ["powershell", "restmethod", "# "],
  r: ["r", "httr", "# "],
  c: ["c", "libcurl", "// "],
  clojure: ["clojure", "clj_http", ";; "],
  ocaml: ["ocaml", "cohttp", ""],
};

/** What stands for each header that another request has another of. */
const ANEW: Record<string, string> = { timestamp: "TIMESTAMP", "nonce-str": "NONCE", signature: "SIGNATURE" };
/** What the program has put there for itself. */
const OWN = new Set(["user-agent", "content-length", "host"]);

/** The steps of signing, in the words of the page. */
export function plainRequest(language: string, attempt: Attempt, steps: string[]): string {
  const [target, client, comment] = TARGETS[language] ?? ["go", "native", "// "];
  const convert = targets[target].clientsById[client]?.convert;
  const code = [convert?.(prepared(attempt) as never) ?? ""].flat()[0] ?? "";
  const head = comment ? steps.map((step) => comment + step).join("\n") : `(* ${steps.join("\n   ")} *)`;
  return `${head}\n\n${code}\n`;
}

/** A request in the form that the library's writers take. Its own preparation needs Node's `url`. */
function prepared({ method, url, headers, body }: Attempt) {
  const named = headers
    .filter(([name]) => !OWN.has(name.toLowerCase()))
    .map(([name, value]): [string, string] => [name, ANEW[name.toLowerCase()] ?? value]);
  const address = new URL(masked(url));
  const path = address.pathname + address.search;
  const { href, host, hostname, port, protocol, pathname } = address;
  return {
    method,
    url: href,
    fullUrl: href,
    uriObj: { href, host, hostname, port, protocol, pathname, path },
    httpVersion: "HTTP/1.1",
    headers: named.map(([name, value]) => ({ name, value })),
    headersObj: Object.fromEntries(named),
    allHeaders: Object.fromEntries(named),
    cookies: [],
    cookiesObj: {},
    queryString: [],
    queryObj: {},
    // As plain text, so that no number in the body is read and rounded.
    postData: body ? { mimeType: "text/plain", text: body } : {},
  };
}

/** Some rows are signed in their address, too. */
const masked = (url: string) =>
  url.replace(/sign=[^&]*/, "sign=SIGNATURE").replace(/timestamp=\d+/, "timestamp=TIMESTAMP");
