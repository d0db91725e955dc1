import { ConfigError } from "./errors.js";
import type { CallOptions, ClientOptions } from "./types.js";

/** The settings as the core reads them. Names that it does not know are its to refuse. */
export function settingsJson(settings: ClientOptions): string {
  const { fetch, logger, ...rest } = settings;
  if (fetch != null && typeof fetch !== "function") throw wrong("fetch", "must be a function");
  if (logger != null && typeof logger.warn !== "function") throw wrong("logger", "must have a function `warn`");
  return json("settings", rest);
}

/** The options of a call as the core reads them; empty if there are none. */
export function optionsJson(options: CallOptions | null | undefined): string {
  if (options == null) return "";
  if (typeof options !== "object") throw wrong("options", "must be an object");
  const { signal, ...rest } = options;
  if (signal != null && (typeof signal.aborted !== "boolean" || typeof signal.addEventListener !== "function")) {
    throw wrong("signal", "must be an AbortSignal, as `controller.signal`");
  }
  return json("options", rest);
}

function json(name: string, options: object): string {
  try {
    return JSON.stringify(options, (_, value: unknown) => written(value));
  } catch (cause) {
    throw wrong(name, "cannot be read", cause);
  }
}

/** What JSON would leave out or make null, in a form that the core refuses by its name. */
function written(value: unknown): unknown {
  if (typeof value === "bigint" || (typeof value === "number" && !Number.isFinite(value))) return String(value);
  if (typeof value === "function" || typeof value === "symbol" || value instanceof Map) return [];
  return value;
}

/** A setting that is wrong. */
export function wrong(field: string, reason: string, cause?: unknown): ConfigError {
  return new ConfigError({ kind: "Config", text: `the setting \`${field}\` ${reason}`, field, reason }, cause);
}
