import { createRequire } from "node:module";
import { join } from "node:path";

/** The program `xportcn`: the one that is named, of `XPORTCN_CLI`, of the package `xportcn-cli`, or of the path. */
export function program(named: string | undefined): string {
  return named ?? (process.env.XPORTCN_CLI || installed() || "xportcn");
}

/** That of the package `xportcn-cli`, where the program that runs or its folder has it. */
function installed(): string | undefined {
  const name = process.platform === "win32" ? "xportcn.exe" : "xportcn";
  for (const from of [process.argv[1], join(process.cwd(), "package.json")]) {
    if (from === undefined) continue;
    try {
      const launcher = createRequire(from).resolve("xportcn-cli/xportcn.mjs");
      return createRequire(launcher).resolve(`xportcn-cli-${process.platform}-${process.arch}/${name}`);
    } catch {
      // It is not installed there.
    }
  }
  return undefined;
}
