// The settings of VitePress.
import { slug } from "github-slugger";
import { MENU } from "./pages.mjs";
import { tokens } from "./theme/tokens.mjs";

const link = (address) => (address ? `/${address}/` : "/");
const base = process.env.SITE_BASE ?? "/";
/** Before anything is shown: no tab changes its language under the reader's eyes. */
const REMEMBERED = `try{const l=localStorage.getItem("xportcn-language");if(l)document.documentElement.dataset.language=l}catch{}`;

/** A head without a word is none: readers of screens would announce it. */
function withoutEmptyHeads({ tokens }) {
  tokens.forEach((token, at) => {
    if (token.type !== "th_open" || tokens[at + 1].content) return;
    token.tag = "td";
    tokens[at + 2].tag = "td";
  });
}

export default {
  lang: "en",
  title: "xportcn",
  titleTemplate: ":title · xportcn",
  base,
  srcDir: "site",
  outDir: "html",
  cacheDir: "cache",
  head: [
    ["link", { rel: "icon", type: "image/svg+xml", href: `${base}icon.svg` }],
    ["link", { rel: "alternate", type: "text/plain", title: "llms.txt", href: `${base}llms.txt` }],
    ["script", {}, REMEMBERED],
  ],
  markdown: {
    // The anchors of code hosts, so that a link holds there and here.
    anchor: { slugify: (text) => slug(text) },
    languageAlias: { gradle: "groovy" },
    theme: { light: "github-light-high-contrast", dark: "github-dark" },
    config(md) {
      md.renderer.rules.table_open = () => '<div class="table"><table>\n';
      md.renderer.rules.table_close = () => "</table></div>\n";
      md.core.ruler.push("empty_heads", withoutEmptyHeads);
      // Paths and names of fields may break where they have joints.
      md.renderer.rules.code_inline = (tokens, at) =>
        `<code v-pre>${md.utils.escapeHtml(tokens[at].content).replace(/([/._])(?=\w)/g, "$1<wbr>")}</code>`;
      // Beside fences, so that they have the same form and the same button.
      md.renderer.rules.code_block = (tokens, at, ...rest) => {
        Object.assign(tokens[at], { type: "fence", tag: "code", info: "text" });
        return md.renderer.rules.fence(tokens, at, ...rest);
      };
    },
  },
  themeConfig: {
    nav: [
      { text: "Begin", link: "/start/" },
      { text: "Tasks", link: "/tasks/search/", activeMatch: "/tasks/" },
      { text: "Reference", link: "/reference/", activeMatch: "/reference/" },
      { text: "Packages", link: "/packages/rust/", activeMatch: "/packages/" },
    ],
    sidebar: MENU.map(({ title, pages }) => ({
      text: title,
      items: pages.map((page) => ({ text: page.title, link: link(page.address) })),
    })),
    outline: { level: [2, 3] },
    socialLinks: [{ icon: "github", link: "https://github.com/xportcn/xportcn" }],
    editLink: {
      pattern: ({ frontmatter }) => `https://github.com/xportcn/xportcn/blob/main/${frontmatter.source}`,
      text: "This page in the repository",
    },
    footer: { message: "Unofficial. The platform's owners have no part in this project." },
    search: {
      provider: "local",
      options: {
        miniSearch: {
          options: { tokenize: tokens },
          searchOptions: {
            tokenize: tokens,
            combineWith: "AND",
            fuzzy: 0.1,
            prefix: true,
            boost: { title: 6, titles: 2, text: 1 },
            // Who asks for a word wants to know how it is done, before every row in which it stands.
            boostDocument: (id) => (id.includes("/tasks/") ? 4 : id.includes("/reference/") ? 1 : 2),
          },
        },
      },
    },
  },
};
