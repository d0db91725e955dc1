// No link leads nowhere, and what pages name is there.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { html, PAGES, ROOT, SITE, text } from "./checks.mjs";

const REPOSITORY = "https://github.com/xportcn/xportcn";
const hrefs = (page) => [...html(page).matchAll(/\shref="([^"]*)"/g)].map(([, href]) => href.replaceAll("&amp;", "&"));
const anchors = new Map(
  PAGES.map((page) => [page, new Set([...html(page).matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id))]),
);

test("there are all pages that the site is to have", () => {
  for (const page of [
    "/",
    "/start/",
    "/errors/",
    "/performance/",
    "/reliability/",
    "/features/",
    "/evidence/",
    "/reference/",
  ])
    assert.ok(PAGES.includes(page), page);
  const tasks = PAGES.filter((page) => page.startsWith("/tasks/"));
  assert.deepEqual(
    tasks,
    ["many", "order", "pushed", "refund", "search", "tests"].map((task) => `/tasks/${task}/`),
  );
});

test("no link and no anchor within the site is dead", () => {
  const dead = [];
  for (const page of PAGES) {
    for (const href of hrefs(page)) {
      if (/^[a-z]+:/.test(href)) continue;
      const { pathname, hash } = new URL(href, `http://here${page}`);
      const target = decodeURIComponent(pathname);
      const file = join(SITE, target.endsWith("/") ? `${target}index.html` : target);
      const anchor = decodeURIComponent(hash.slice(1));
      if (!existsSync(file) || !statSync(file).isFile()) dead.push(`${page}: ${href}`);
      else if (anchor && !anchors.get(target)?.has(anchor)) dead.push(`${page}: ${href}`);
    }
  }
  assert.deepEqual(dead, []);
});

test("links to the repository name files that it has", () => {
  const kept = new Set(
    execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: ROOT, encoding: "utf8" }).split("\n"),
  );
  const dead = [];
  for (const page of PAGES) {
    for (const href of hrefs(page).filter((one) => one.startsWith(`${REPOSITORY}/`))) {
      const path = decodeURIComponent(new URL(href).pathname).replace(/^\/xportcn\/xportcn\/(blob|tree)\/main\//, "");
      if (!kept.has(path) && ![...kept].some((file) => file.startsWith(`${path}/`))) dead.push(`${page}: ${href}`);
    }
  }
  assert.deepEqual(dead, []);
});

test("what stands on a page that reads from a server is encrypted or of this machine", () => {
  for (const page of PAGES) {
    const wrong = hrefs(page).filter(
      (href) => href.startsWith("http:") && !/^http:\/\/(127\.0\.0\.1|localhost)/.test(href),
    );
    assert.deepEqual(wrong, [], page);
  }
});

test("programs in tabs are there in every language, on every page of a task", () => {
  const languages = ["rust", "typescript", "python", "kotlin", "java", "swift", "shell"];
  for (const page of ["/", "/start/", "/errors/", ...PAGES.filter((one) => one.startsWith("/tasks/"))]) {
    const shown = [...html(page).matchAll(/class="program" data-language="(\w+)"/g)].map(([, language]) => language);
    assert.ok(shown.length >= languages.length, page);
    for (const [at, language] of shown.entries()) assert.equal(language, languages[at % languages.length], page);
  }
});

test("the errors' names are those that each language shows", () => {
  const shown = {
    Rust: text("tests/surface/rust.txt"),
    TypeScript: text("tests/surface/typescript.api.md"),
    Python: text("tests/surface/python.txt"),
    "Kotlin, Java": text("tests/surface/kotlin.txt"),
    Swift: text("tests/surface/swift.txt"),
  };
  const [, table] = /## In your language\n\n([\s\S]*?)\n\n/.exec(text("docs/errors.md"));
  const [head, , ...rows] = table.split("\n").map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  let named = 0;
  for (const row of rows) {
    for (const [at, cell] of row.entries()) {
      const name = cell.replaceAll("`", "").split(/::|\./).pop();
      if (at === 0 || !name) continue;
      assert.match(shown[head[at]], new RegExp(`\\b${name}\\b`), cell);
      named++;
    }
  }
  assert.ok(named > 45, String(named));
  const kinds = [...text("core/src/error.rs").matchAll(/=> "(\w+)",/g)].map(([, kind]) => kind);
  assert.deepEqual(
    rows.map(([kind]) => kind.replaceAll("`", "")).sort(),
    kinds.filter((kind) => /^[A-Z]/.test(kind) && kind !== "Misuse").sort(),
  );
});

test("every page is there as Markdown, and llms.txt leads to all of them", () => {
  const listed = [...readFileSync(join(SITE, "llms.txt"), "utf8").matchAll(/\]\(([^)]+\.md)\)/g)].map(
    ([, path]) => path,
  );
  assert.equal(listed.length, PAGES.length);
  for (const path of listed) {
    const page = readFileSync(join(SITE, path), "utf8");
    assert.match(page, /^(<!--.*?-->\s*)?# /, path);
    assert.doesNotMatch(page, /class="languages"|<CallFilters/, path);
    for (const [, target] of page.replace(/^```[\s\S]*?^```/gm, "").matchAll(/\]\(([^)\s:#]+)(?:#[^)\s]*)?\)/g))
      assert.ok(existsSync(join(SITE, path, "..", target)), `${path}: ${target}`);
  }
  assert.match(readFileSync(join(SITE, "tasks/order.md"), "utf8"), /```python\nfrom xportcn import/);
  const all = readFileSync(join(SITE, "llms-full.txt"), "utf8");
  for (const word of ["taobao.order.purchase_create", "Accepted is not paid", "XPORTCN_BASE_URL"])
    assert.ok(all.includes(word), word);
});

test("no program shown has a mark of a region, and each is what its file has", () => {
  for (const page of PAGES.filter((one) => one.startsWith("/tasks/"))) assert.doesNotMatch(html(page), /region/, page);
  const python = text("packages/pip/examples/guide/order.py");
  const shown = readFileSync(join(SITE, "tasks/order.md"), "utf8");
  for (const line of python.split("# region order\n")[1].split("# endregion")[0].trim().split("\n"))
    assert.ok(shown.includes(line), line);
});
