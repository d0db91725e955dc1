// The options of the tools are the flags of `xportcn mcp`: what they mean, and which values they take, is decided there.

/** Where the tools work, and what they may do. Those that are not given are as `xportcn mcp --help` says. */
export interface ToolsOptions {
  /** Calls the platform, for the account that is set. Without it everything happens in a sandbox on this machine. */
  readonly live?: boolean;
  /** The file of the journal, which keeps what was sent and what it cost. `live` needs one. */
  readonly journal?: string;
  /** The file of the audit log; beside the journal, unless it is given. */
  readonly audit?: string;
  /** The profile with the account, as `xportcn login` keeps it. */
  readonly profile?: string;
  /** The account, where it is in no profile and not in the environment. It is handed on by the environment. */
  readonly accessKey?: string;
  readonly accessSecret?: string;
  readonly userId?: string;
  /** Where the platform is. */
  readonly baseUrl?: string;

  /** The most that one write may cost, with its currency, as `"300 CNY"`. */
  readonly maxOrder?: string;
  /** The most that all writes of 24 hours may cost. */
  readonly maxDay?: string;
  /** How many calls that write may be sent in an hour. */
  readonly writesPerHour?: number;
  /** Calls that may write, or beginnings of them, as `"taobao.cart.*"`; others may not. */
  readonly allowCall?: readonly string[];
  /** Sellers from whom may be bought, by id or name; others may not. */
  readonly allowSeller?: readonly string[];
  /** Categories of which may be bought, by id or name; others may not. */
  readonly allowCategory?: readonly string[];
  /** Addresses to which may be delivered; others may not. */
  readonly allowAddress?: readonly object[];
  /** Calls that may write although nothing tells what they cost. */
  readonly allowUnknownSum?: readonly string[];
  /** How long a proposal can be confirmed, as `"90s"`; two minutes at most. */
  readonly confirmWithin?: string;
  /** No call that writes is sent. */
  readonly readOnly?: boolean;
  /**
   * Whether a person must confirm each write; they must, unless this is false. Without `confirm` each write is then refused. With
   * false and without `confirm` the model's word is enough, within the limits.
   */
  readonly askPerson?: boolean;
  /** How long a write whose answer is lost is looked for, as `"3m"`. */
  readonly recoveryWindow?: string;
  /** `"all"` gives each call a tool of its own, beside the eleven. */
  readonly tools?: "few" | "all";

  /** The program; else that of the variable `XPORTCN_CLI`, of the package `xportcn-cli`, or `xportcn` on the path. */
  readonly program?: string;
}

/** What is told by the environment: command lines can be seen by others. */
const VARIABLES: Partial<Record<keyof ToolsOptions, string>> = {
  accessKey: "XPORTCN_ACCESS_KEY",
  accessSecret: "XPORTCN_ACCESS_SECRET",
  userId: "XPORTCN_USER_ID",
};
const FLAGS: readonly (keyof ToolsOptions)[] = [
  ...(["live", "journal", "audit", "profile", "baseUrl", "maxOrder", "maxDay", "writesPerHour", "allowCall"] as const),
  ...(["allowSeller", "allowCategory", "allowAddress", "allowUnknownSum", "confirmWithin", "readOnly"] as const),
  ...(["askPerson", "recoveryWindow", "tools"] as const),
];

/** The words of the command. */
export function wordsOf(options: ToolsOptions): string[] {
  const wrong = Object.keys(options).find((name) => {
    return name !== "program" && !(name in VARIABLES) && !(FLAGS as readonly string[]).includes(name);
  });
  // An option that nobody reads may be a limit with a slip in its name.
  if (wrong !== undefined) throw new TypeError(`\`${wrong}\` is no option of tools()`);
  // Only a plain no does without a person.
  const all: ToolsOptions = { ...options, askPerson: options.askPerson !== false };
  const words = FLAGS.flatMap((name) => {
    const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const value = all[name];
    if (value === undefined || value === false) return [];
    if (value === true) return [flag];
    // An empty list allows nothing, which no flag says.
    if (Array.isArray(value) && value.length === 0) throw new TypeError(`\`${name}\` is empty`);
    const values: unknown[] = Array.isArray(value) ? value : [value];
    return values.map((one) => `${flag}=${typeof one === "object" ? JSON.stringify(one) : one}`);
  });
  return ["mcp", ...words];
}

/** The environment of the program: this one's, and the account. */
export function environmentOf(options: ToolsOptions): Record<string, string | undefined> {
  const account = Object.entries(VARIABLES).map(([name, variable]) => [variable, options[name as keyof ToolsOptions]]);
  return { ...process.env, ...Object.fromEntries(account.filter(([, value]) => value !== undefined)) };
}
