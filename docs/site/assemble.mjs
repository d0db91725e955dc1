// Makes the site's pages of the repository's Markdown:  assemble.mjs FOLDER
//
// FOLDER/site has what VitePress builds, with code in tabs and pictures in place; FOLDER/plain has the same pages as plain
// Markdown for readers that are programs, with llms.txt. A link that leads nowhere ends it.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { LANGUAGES, MENU, PAGES } from "./pages.mjs";

const ROOT = new URL("../../", import.meta.url).pathname;
const REPOSITORY = "https://github.com/xportcn/xportcn";
const ADDRESSES = new Map(PAGES.map(({ file, address }) => [file, address]));
/** A line of links to the same program in every language, which becomes tabs. */
const PROGRAMS = /^\[Rust\]\([^)]+\)(?: · \[\w+\]\([^)]+\))+$/;
/** Programs that only these languages can have. They stand below each other: the tabs are for all. */
const SOME_PROGRAMS = /^\[TypeScript\]\([^)]+#\w+\) · \[Python\]\([^)]+#\w+\)$/;
/** The words of fences that are no endings of files. */
const FENCES = { rs: "rust", py: "python", kt: "kotlin" };
const LINK = /(!?)\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^()\s]+)((?: "[^"]*")?)\)/g;

const out = process.argv[2];
rmSync(join(out, "site"), { recursive: true, force: true });
rmSync(join(out, "plain"), { recursive: true, force: true });
const written = PAGES.map((page) => ({ ...page, ...assembled(page) }));
write("plain/llms.txt", overview());
write("plain/llms-full.txt", written.map(({ plain }) => plain).join("\n\n---\n\n"));

function assembled({ file, address, title, isWide }) {
  const text = readFileSync(join(ROOT, file), "utf8").replace(/^<!--.*?-->\s*/s, "");
  const description = summary(text);
  const facts = { title, description, source: file, aside: !isWide };
  const head = `---\n${JSON.stringify(facts)}\n---\n\n`;
  write(join("site", address, "index.md"), head + changed(text, file, true));
  const plain = changed(text, file, false).replace("<CallFilters />\n\n", "");
  write(`plain/${copyOf(address)}`, plain);
  return { description, plain };
}

/** The page with code, pictures and links as they are on the site, or for programs. Fenced code stays as it is. */
function changed(text, file, isSite) {
  let fence = "";
  let groups = 0;
  return text
    .split("\n")
    .map((line) => {
      const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
      if (mark && (!fence || line.trim() === fence)) {
        fence = fence ? "" : mark;
        return line.replace("```rust,no_run", "```rust");
      }
      if (fence || /^ {4}/.test(line)) return line;
      if (PROGRAMS.test(line)) return isSite ? tabs(line, file, ++groups) : blocks(allOf(line, file));
      if (SOME_PROGRAMS.test(line)) return blocks(programsOf(line, file));
      return linked(line, file, isSite);
    })
    .join("\n");
}

/** A line with its links as the site's. */
function linked(line, file, isSite) {
  return line.replace(LINK, (whole, image, label, target, title) => {
    if (/^[a-z]+:/.test(target) || target.startsWith("#")) return whole;
    const [path, anchor] = split(target);
    const source = relative(ROOT, join(ROOT, dirname(file), path));
    if (!existsSync(join(ROOT, source))) throw new Error(`${file}: ${target} is not there`);
    if (image && isSite && source.endsWith(".svg")) return picture(source, label);
    if (image && source.endsWith(".webp")) return `![${label}](${photograph(source, isSite)})`;
    const address = ADDRESSES.get(source) ?? ADDRESSES.get(posix.join(source, "README.md"));
    const onSite = () => (isSite ? (address ? `/${address}/` : "/") : copyBeside(file, address));
    const place = address === undefined ? inRepository(source) : onSite();
    return `${image}[${label}](${place}${anchor}${title})`;
  });
}

/** The address of a picture that is no drawing. On the site it is beside the pages. */
function photograph(source, isSite) {
  if (!isSite) return `${REPOSITORY}/raw/main/${source}`;
  const address = `pictures/${posix.basename(source)}`;
  mkdirSync(join(out, "site/public/pictures"), { recursive: true });
  copyFileSync(join(ROOT, source), join(out, "site/public", address));
  return `/${address}`;
}

function inRepository(source) {
  const kind = statSync(join(ROOT, source)).isDirectory() ? "tree" : "blob";
  return `${REPOSITORY}/${kind}/main/${source}`;
}

/** The file that has a page as Markdown. */
function copyOf(address) {
  return `${address || "index"}.md`;
}

/** It, as a link on the copy of another page. */
function copyBeside(file, address) {
  return posix.relative(posix.dirname(copyOf(ADDRESSES.get(file))), copyOf(address));
}

/** A picture within the page, so that it has the page's colours; the tall one beside it is for narrow screens. */
function picture(source, label) {
  const tall = source.replace(/\.svg$/, "-tall.svg");
  const drawn = (path, form) => {
    const svg = readFileSync(join(ROOT, path), "utf8").replace(
      /<\?xml.*?\?>\s*|<!--.*?-->\s*|<style>.*?<\/style>\s*/gs,
      "",
    );
    const named = svg
      .replace(/<svg (?![^>]*role=)/, '<svg role="img" ')
      .replace("<svg ", `<svg aria-label=${JSON.stringify(label)} `);
    return `<div class="picture ${form}">${named.replace(/\s*\n\s*/g, "\n")}</div>`;
  };
  if (!existsSync(join(ROOT, tall))) return drawn(source, "only");
  return `${drawn(source, "wide")}\n${drawn(tall, "tall")}`;
}

/** The tabs of a line of programs. They are radio buttons: keys and readers of screens know them, and they need no script. */
function tabs(line, file, number) {
  const programs = allOf(line, file);
  const buttons = programs.map(({ name, word }, index) => {
    const checked = index ? "" : " checked";
    return `<label data-language="${word}"><input type="radio" name="language-${number}" value="${word}"${checked}><span>${name}</span></label>`;
  });
  const panels = programs.map(
    ({ word, code, url, source }) =>
      `<div class="program" data-language="${word}">\n\n\`\`\`${fenceOf(source)}\n${code}\n\`\`\`\n\n<a class="whole" href="${url}">${source}</a>\n\n</div>`,
  );
  return [
    `<div class="languages">`,
    `<div class="choice" role="radiogroup" aria-label="Language of program ${number}">${buttons.join("")}</div>`,
    ...panels,
    "</div>",
  ].join("\n\n");
}

function blocks(programs) {
  return programs.map(({ name, code, source }) => `${name}:\n\n\`\`\`${fenceOf(source)}\n${code}\n\`\`\``).join("\n\n");
}

/** The programs of a line that has one in each language. */
function allOf(line, file) {
  const programs = programsOf(line, file);
  const wanted = LANGUAGES.map(({ name }) => name).join(", ");
  if (programs.map(({ name }) => name).join(", ") !== wanted) throw new Error(`${file}: tabs are for ${wanted}`);
  return programs;
}

function programsOf(line, file) {
  const links = [...line.matchAll(/\[(\w+)\]\(([^)]+)\)/g)].map(([, name, target]) => ({ name, target }));
  return links.map(({ name, target }) => {
    const [path, anchor] = split(target);
    const source = relative(ROOT, join(ROOT, dirname(file), path));
    const { word, endings } = LANGUAGES.find((language) => language.name === name) ?? {};
    if (!endings?.includes(source.split(".").pop())) throw new Error(`${file}: ${source} is no ${name}`);
    return { name, word, source, code: region(source, anchor.slice(1)), url: `${REPOSITORY}/blob/main/${source}` };
  });
}

function fenceOf(source) {
  const ending = source.split(".").pop();
  return FENCES[ending] ?? ending;
}

/** The lines between `region NAME` and `endregion` in comments of a file, without their common indentation. */
function region(source, name) {
  const lines = readFileSync(join(ROOT, source), "utf8").split("\n");
  const mark = (line) => /^\s*(?:\/\/|#)\s*(region|endregion)\b\s*(\S*)\s*$/.exec(line);
  const begin = lines.findIndex((line) => mark(line)?.[1] === "region" && mark(line)[2] === name);
  const length = lines.slice(begin + 1).findIndex((line) => mark(line)?.[1] === "endregion");
  if (!name || begin < 0 || length < 1) throw new Error(`${source} has no region ${name}`);
  const inside = lines.slice(begin + 1, begin + 1 + length);
  const indents = inside.filter((line) => line.trim()).map((line) => /^\s*/.exec(line)[0].length);
  const least = Math.min(...indents);
  return inside
    .map((line) => line.slice(least).trimEnd())
    .join("\n")
    .trim();
}

function split(target) {
  const at = target.indexOf("#");
  return at < 0 ? [target, ""] : [target.slice(0, at), target.slice(at)];
}

/** The first paragraph in plain words. */
function summary(text) {
  const first = text.split(/\n\s*\n/).find((part) => !/^(#|<|\||!|```|---|- | {4})/.test(part) && part.trim());
  return (first ?? "").replace(LINK, "$2").replace(/[*`]/g, "").replace(/\s+/g, " ").trim();
}

/** https://llmstxt.org */
function overview() {
  const sections = MENU.map(({ title, pages }) => {
    const lines = pages.map(({ address, title: name }) => {
      const { description } = written.find((page) => page.address === address);
      return `- [${name}](${copyOf(address)}): ${description}`;
    });
    return `## ${title}\n\n${lines.join("\n")}`;
  });
  const { description } = written.find(({ address }) => address === "");
  return `# xportcn\n\n> ${description}\n\nAll pages in one file: [llms-full.txt](llms-full.txt)\n\n${sections.join("\n\n")}\n`;
}

function write(path, text) {
  const file = join(out, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
