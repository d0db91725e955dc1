import { VARIABLES } from "./generated/variables.js";
import { findSettings, wrong } from "./settings.js";
import type { ClientOptions } from "./types.js";

/** Lets settings that are not given be taken from the environment; `read` reads a file, where there are files. */
export function takeEnvironment(variable: (name: string) => string | undefined, read?: (file: string) => string): void {
  findSettings({
    find(given) {
      const { paths, ...texts } = VARIABLES;
      const found: ClientOptions = {};
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
