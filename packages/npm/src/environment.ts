import { VARIABLES } from "./generated/variables.js";
import { findSettings, LEVELS, wrong } from "./settings.js";
import type { ClientOptions } from "./types.js";

/** Lets settings that are not given be taken from the environment; `read` reads a file, where there are files. */
export function takeEnvironment(
  runtime: string,
  variable: (name: string) => string | undefined,
  read?: (file: string) => string,
): void {
  findSettings({
    runtime,
    find(given) {
      const { paths, ...texts } = VARIABLES;
      const found: ClientOptions = logOf(given, variable);
      for (const [setting, name] of Object.entries(texts)) {
        const text = (given as Record<string, unknown>)[setting] == null ? variable(name) : undefined;
        if (text !== undefined) found[setting as keyof typeof texts] = text;
      }
      const file = given.paths == null && read ? variable(paths) : undefined;
      if (file && read) found.paths = pathsOf(file, read);
      return found;
    },
    hint: (setting) => {
      const name = (VARIABLES as Readonly<Record<string, string>>)[setting];
      return name ? `, or set ${name} in the environment` : "";
    },
  });
}

/** The log that the environment asks for: on stderr, unless there is a logger. */
function logOf(given: ClientOptions, variable: (name: string) => string | undefined): ClientOptions {
  const asked = given.logLevel == null ? variable("XPORTCN_LOG") : undefined;
  if (!asked) return {};
  // What is not known here may be another language's word.
  const logLevel = LEVELS.find((level) => level === asked.toLowerCase().replace("warning", "warn"));
  if (logLevel === undefined) return {};
  const say = (message: string) => console.error(message);
  return { logLevel, logger: given.logger === undefined ? { debug: say, info: say, warn: say } : given.logger };
}

function pathsOf(file: string, read: (file: string) => string): NonNullable<ClientOptions["paths"]> {
  try {
    return JSON.parse(read(file)) as NonNullable<ClientOptions["paths"]>;
  } catch (cause) {
    throw wrong(
      "paths",
      `cannot be read from ${file}, which ${VARIABLES.paths} names: ${(cause as Error).message}`,
      cause,
    );
  }
}
