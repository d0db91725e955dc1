import { ConfigError } from "./errors.js";
import { REQUIRED, SETTINGS } from "./generated/settings.js";
import { nearest } from "./nearest.js";
import type { CallOptions, ClientOptions, LogLevel } from "./types.js";

/** The package's own, which its building writes here. */
declare const VERSION: string;

/** What a setting may be, before the core judges its value. */
const FITS: readonly (readonly [words: string, fits: (value: unknown) => boolean])[] = [
  ["text", (value) => typeof value === "string"],
  ["a whole number that is not negative", (value) => Number.isInteger(value) && (value as number) >= 0],
  ["true or false", (value) => typeof value === "boolean"],
  ["a JSON object", (value) => typeof value === "object"],
];
/** The settings that are this package's own. */
const OWN = ["fetch", "logger", "logLevel", "onEvent"];
/** The levels of the log, the most talkative first. */
export const LEVELS: readonly LogLevel[] = ["debug", "info", "warn", "error", "off"];

/** What is found in the environment, and what to say of what is not. */
export interface Environment {
  /** The runtime and its version. */
  readonly runtime: string;
  find(given: ClientOptions): ClientOptions;
  hint(setting: string): string;
}

let environment: Environment | undefined;

/** Lets settings that are not given be found in the environment. */
export function findSettings(found: Environment): void {
  environment = found;
}

/** The settings of a client: with what the environment has, and with names and types that a client can have. */
export function settled(given: ClientOptions | undefined): ClientOptions {
  const settings: Record<string, unknown> = { ...given, ...environment?.find({ ...given }) };
  const { fetch, logger, logLevel, onEvent, userAgent } = settings as ClientOptions;
  const functions = { fetch, onEvent };
  for (const [name, value] of Object.entries(functions)) {
    if (value != null && typeof value !== "function") throw wrong(name, "must be a function");
  }
  if (logLevel != null && !LEVELS.includes(logLevel)) throw wrong("logLevel", `must be one of ${LEVELS.join(", ")}`);
  if (logger != null && typeof logger.warn !== "function") throw wrong("logger", "must have a function `warn`");
  for (const [name, value] of Object.entries(settings)) {
    if (OWN.includes(name)) continue;
    const kind = SETTINGS.findIndex((names) => names.split(" ").includes(name));
    if (kind < 0) throw unknown(name);
    const [words, fits] = FITS[kind] as (typeof FITS)[0];
    if (value != null && !fits(value)) throw wrong(name, `must be ${words}`);
  }
  for (const name of REQUIRED.split(" ")) {
    if (settings[name] == null) throw wrong(name, `is missing: give it${environment?.hint(name) ?? ""}`);
  }
  // A page's own word would be one more header that another origin has to allow.
  if (environment)
    settings.userAgent = [userAgent, `xportcn-js/${VERSION} ${environment.runtime}`].filter(Boolean).join(" ");
  return settings as ClientOptions;
}

function unknown(field: string): ConfigError {
  const near = nearest(field, [...SETTINGS.join(" ").split(" "), ...OWN]);
  const message = `unknown setting \`${field}\`${near ? `; did you mean \`${near}\`?` : ""}`;
  return new ConfigError({ message, field, reason: "is no setting" });
}

/** The settings as the core reads them. */
export function settingsJson(settings: ClientOptions): string {
  const { fetch, logger, logLevel, onEvent, ...rest } = settings;
  return json("settings", rest);
}

/** The options of a call as the core reads them; empty if there are none. */
export function optionsJson(options: CallOptions | null | undefined): string {
  if (options == null) return "";
  if (typeof options !== "object") throw wrong("options", "must be an object");
  const { signal, onEvent, ...rest } = options;
  if (onEvent != null && typeof onEvent !== "function") throw wrong("onEvent", "must be a function");
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
  if (typeof value === "function" || typeof value === "symbol") return [];
  // A Map, or headers.
  if (typeof value === "object" && value !== null && Symbol.iterator in value) return [];
  return value;
}

/** A setting that is wrong. */
export function wrong(field: string, reason: string, cause?: unknown): ConfigError {
  return new ConfigError({ message: `the setting \`${field}\` ${reason}`, field, reason, cause });
}
