import { unusualScript } from "./core.js";
import type { EventListener } from "./events.js";
import { LEVELS } from "./settings.js";
import type { Logger, LogLevel } from "./types.js";

/** What goes to the program's logger, and what its listeners are told. Neither costs a reply, whatever it throws. */
export class Log {
  readonly #logger: Logger | null;
  readonly #level: number;
  #hasFailed = false;

  constructor(logger: Logger | null, level: LogLevel) {
    this.#logger = logger;
    this.#level = LEVELS.indexOf(level);
  }

  say(level: keyof Logger, message: string): void {
    if (LEVELS.indexOf(level) < this.#level) return;
    safely(() => this.#logger?.[level]?.(`xportcn: ${message}`));
  }

  /** Those that are there, and the log, where it tells more than warnings. */
  async listeners(given: readonly (EventListener | undefined)[]): Promise<EventListener[]> {
    const listeners = given.filter((listener) => listener != null);
    if (this.#level > LEVELS.indexOf("info") || this.#logger === null) return listeners;
    const script = await unusualScript().catch(() => undefined);
    const log: EventListener = (event, { endpoint }) => {
      const [level, words] = script?.logged(event) ?? [];
      if (level) this.say(level, `${endpoint}: ${words}`);
    };
    return [log, ...listeners];
  }

  /** Tells a listener; that one has failed is said once. */
  guard(tell: () => void): void {
    safely(tell, (error) => {
      if (!this.#hasFailed) this.say("warn", `onEvent has failed: ${error}`);
      this.#hasFailed = true;
    });
  }
}

function safely(act: () => unknown, failed: (error: unknown) => void = () => {}): void {
  try {
    // It may be asynchronous, and fail later.
    Promise.resolve(act()).catch((error: unknown) => safely(() => failed(error)));
  } catch (error) {
    safely(() => failed(error));
  }
}
