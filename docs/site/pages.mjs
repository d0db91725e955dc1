// Which file is which page, in the order of the menu. A page's address is a folder, so that any server of files finds it.

/** The languages of the tabs, in their order; the words are those of the fences. */
export const LANGUAGES = [
  { name: "Rust", word: "rust", endings: ["rs", "toml"] },
  { name: "TypeScript", word: "typescript", endings: ["ts", "mjs", "js"] },
  { name: "Python", word: "python", endings: ["py"] },
  { name: "Kotlin", word: "kotlin", endings: ["kt"] },
  { name: "Java", word: "java", endings: ["java"] },
  { name: "Swift", word: "swift", endings: ["swift"] },
  { name: "Shell", word: "shell", endings: ["sh"] },
];

const page = (file, address, title) => ({ file, address, title });
/** A page of one wide table, which has the room of the page's own list of contents. */
const wide = (...given) => ({ ...page(...given), isWide: true });

export const MENU = [
  {
    title: "Begin",
    pages: [
      page("docs/README.md", "", "Overview"),
      page("docs/start.md", "start", "First call in ten minutes"),
      page("docs/explorer.md", "explorer", "The explorer"),
      page("docs/words.md", "words", "Words, in English and Chinese"),
    ],
  },
  {
    title: "Tasks",
    pages: [
      page("docs/tasks/search.md", "tasks/search", "Search"),
      page("docs/tasks/order.md", "tasks/order", "Order, pay and wait"),
      page("docs/tasks/refund.md", "tasks/refund", "Refund"),
      page("docs/tasks/pushed.md", "tasks/pushed", "Pushed messages"),
      page("docs/tasks/many.md", "tasks/many", "Many calls"),
      page("docs/tasks/tests.md", "tasks/tests", "Tests with the sandbox"),
      page("docs/agents.md", "agents", "Agents"),
    ],
  },
  {
    title: "Understand",
    pages: [
      page("docs/errors.md", "errors", "Errors"),
      page("docs/calls.md", "calls", "Retries, limits, signing"),
      page("docs/evidence.md", "evidence", "What is inferred, and how to help"),
      page("docs/confirm.md", "confirm", "Confirm: from guess to knowledge"),
      page("docs/reliability.md", "reliability", "Reliability"),
      wide("docs/features.md", "features", "Features"),
      page("docs/performance.md", "performance", "Performance"),
      wide("docs/artefacts.md", "artefacts", "What is built for which machine"),
      page("docs/architecture.md", "architecture", "Architecture"),
    ],
  },
  {
    title: "Reference",
    pages: [
      wide("docs/reference/README.md", "reference", "All calls and messages"),
      page("docs/reference/taobao.md", "reference/taobao", "Taobao"),
      page("docs/reference/alibaba.md", "reference/alibaba", "1688"),
      page("docs/reference/poizon.md", "reference/poizon", "Poizon"),
      page("docs/reference/big_major.md", "reference/big_major", "Big buyers"),
      page("docs/reference/international.md", "reference/international", "International"),
      page("docs/reference/warehouse.md", "reference/warehouse", "Warehouse logistics"),
      page("docs/reference/address.md", "reference/address", "Addresses"),
      page("docs/reference/pushes.md", "reference/pushes", "Pushed messages"),
      wide("docs/reference/settings.md", "reference/settings", "Settings"),
      wide("docs/reference/writes.md", "reference/writes", "Writes whose answer is lost"),
    ],
  },
  {
    title: "Packages",
    pages: [
      page("packages/rust/README.md", "packages/rust", "Rust"),
      page("packages/npm/README.md", "packages/npm", "JavaScript, TypeScript"),
      page("packages/pip/README.md", "packages/pip", "Python"),
      page("packages/kotlin/README.md", "packages/kotlin", "Kotlin, Java"),
      page("packages/swift/README.md", "packages/swift", "Swift"),
      page("packages/cli/README.md", "packages/cli", "Command line"),
      page("packages/sandbox/README.md", "packages/sandbox", "Sandbox"),
      page("packages/explorer/README.md", "packages/explorer", "Explorer"),
      page("packages/journal/README.md", "packages/journal", "Journal, in Rust"),
      page("packages/mcp/README.md", "packages/mcp", "Tools for agents, in Rust"),
      page("packages/pip/sandbox/README.md", "packages/pip-sandbox", "Sandbox by pip"),
      page("packages/kotlin/android/README.md", "packages/android", "Android"),
      page("docs/signing/README.md", "signing", "Other languages"),
    ],
  },
  {
    title: "Project",
    pages: [
      page("CHANGELOG.md", "changelog", "Changes"),
      page("CONTRIBUTING.md", "contributing", "Contribute"),
      page("SECURITY.md", "security", "Security"),
    ],
  },
];

export const PAGES = MENU.flatMap((section) => section.pages);
