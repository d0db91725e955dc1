import type { Settings } from "./generated/settings.js";
import type { CallOptions, ClientOptions } from "./types.js";

/** The settings as the core reads them. Names that it does not know are its to refuse. */
export function settingsJson(settings: Settings): string {
  const { fetch: _fetch, logger: _logger, ...rest } = settings as ClientOptions;
  return json(rest);
}

/** The options of a call as the core reads them; empty if there are none. */
export function optionsJson(options: CallOptions | undefined): string {
  if (options === undefined) return "";
  const { signal: _signal, ...rest } = options;
  return json(rest);
}

function json(options: object): string {
  // JSON would make null of infinity, and null is as if nothing were set.
  return JSON.stringify(options, (_, value: unknown) =>
    (typeof value === "number" && !Number.isFinite(value)) || typeof value === "bigint" ? String(value) : value,
  );
}
