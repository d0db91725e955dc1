// What is looked at in every test: where the site stands, and its pages.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

export const ROOT = new URL("../../", import.meta.url).pathname;
export const SITE = join(ROOT, "target/site/html");

/** The addresses of all pages, as "/tasks/order/". */
export const PAGES = readdirSync(SITE, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith("index.html"))
  .map((name) => `/${relative(SITE, join(SITE, name)).replace(/index\.html$/, "")}`)
  .sort();

export const html = (address) => readFileSync(join(SITE, address, address.endsWith("/") ? "index.html" : ""), "utf8");
export const text = (name) => readFileSync(join(ROOT, name), "utf8");
