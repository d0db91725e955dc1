// Serves the built site on this machine, as any server of files does.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".md": "text/markdown; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
};

/** Gives its address, and how to end it. */
export async function serve(folder) {
  const server = createServer(async (request, answer) => {
    const { pathname } = new URL(request.url, "http://here");
    const path = join(folder, normalize(decodeURIComponent(pathname)));
    const file = path.endsWith("/") ? `${path}index.html` : path;
    try {
      const content = await readFile(file);
      answer.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" }).end(content);
    } catch {
      answer.writeHead(404, { "content-type": TYPES[".html"] }).end(await readFile(join(folder, "404.html")));
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const end = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, end };
}
