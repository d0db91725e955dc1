// The journal's file, and who works on which write.
//
// An owner holds a lock on an empty file of its own beside the journal. The system takes the lock when the process dies, so no
// clock has to tell that from one that only stood still.

import { randomBytes } from "node:crypto";
import { closeSync, existsSync, openSync, unlinkSync } from "node:fs";
import { resolve } from "node:path";
import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { type ErrorMembers, XportcnError } from "xportcn";
import * as sql from "./generated/journal.js";

/** A write that a journal has. */
export interface Write {
  /** What the journal knows it by. */
  readonly key: string;
  /** What was called. */
  readonly endpoint: string;
  /** `open`, `answered`, `failed`, or what was found out: `done`, `not done`, `partly` or `unknown`. */
  readonly state: string;
  /** All that the journal has of it, as JSON. It holds addresses. */
  readonly entry: string;
  /** When that was kept, in milliseconds since 1970. */
  readonly changedMs: number;
}

/** A write that this journal works on, until it is released. */
export interface Claim {
  /** What the journal has of it, or nothing. */
  readonly entry: string;
  /** Keeps an entry; it is on the disk then. */
  keep(endpoint: string, entry: string, state: string): void;
  release(): void;
}

/** The journal cannot be opened, read or written. If that was before a sending, nothing was sent. */
export class JournalError extends XportcnError {
  declare readonly kind: "Journal";

  /** @internal */
  constructor(text: string, cause?: unknown) {
    super({ message: text, cause, kind: "Journal" } as ErrorMembers<XportcnError>);
  }
}

/** Another process, or another task of this one, is at work on the write of this key. Nothing was sent. */
export class InUseError extends JournalError {
  /** The key. */
  readonly key: string;

  /** @internal */
  constructor(key: string) {
    super(`the write \`${key}\` is being settled elsewhere; wait until that is over, and ask again`);
    this.key = key;
  }
}

for (const [error, name] of [
  [JournalError, "JournalError"],
  [InUseError, "InUseError"],
] as const) {
  Object.defineProperty(error, "name", { value: name, configurable: true });
  Object.defineProperty(error.prototype, "name", { value: name, configurable: true });
}

type Sqlite = typeof import("node:sqlite");
type Row = Record<string, SQLInputValue>;

const BUSY = [5, 6];

export class JournalFile {
  readonly #path: string;
  readonly #sqlite: Sqlite;
  readonly #database: DatabaseSync;
  readonly #owner = randomBytes(16).toString("hex");
  readonly #alive: DatabaseSync;
  readonly #busy = new Set<string>();

  private constructor(path: string, sqlite: Sqlite) {
    this.#path = path;
    this.#sqlite = sqlite;
    try {
      create(path);
      this.#database = connected(sqlite, path);
      create(this.#beside(this.#owner));
      this.#alive = locked(sqlite, this.#beside(this.#owner));
    } catch (thrown) {
      throw failed(path, thrown);
    }
  }

  static async open(path: string): Promise<JournalFile> {
    const sqlite = await import("node:sqlite").catch((cause: unknown) => {
      throw new JournalError(
        "this runtime has no `node:sqlite`, as Node has from 22.13 on, Deno from 2.2 on, and Bun",
        cause,
      );
    });
    return new JournalFile(resolve(path), sqlite);
  }

  /** Takes the write of a key, unless another has it. */
  claim(key: string): Claim {
    if (this.#busy.has(key)) throw new InUseError(key);
    let [entry, isTaken] = this.#told(() => this.#claim(key));
    this.#busy.add(key);
    return {
      entry,
      keep: (endpoint, entry, state) => {
        isTaken ||= state === "open";
        this.#told(() => this.#keep(key, endpoint, entry, state));
        isTaken = state === "open";
      },
      release: () => {
        this.#busy.delete(key);
        if (!isTaken) return;
        try {
          this.#run(sql.RELEASE, key, this.#owner);
        } catch {
          // Who cannot let go keeps it until the process ends.
        }
      },
    };
  }

  openWrites(): Write[] {
    return this.#told(() => this.#all(sql.OPEN));
  }

  writes(): Write[] {
    return this.#told(() => this.#all(sql.ALL));
  }

  close(): void {
    if (!this.#database.isOpen) return;
    // Before the lock goes: whoever finds no file knows as much as who gets the lock.
    remove(this.#beside(this.#owner));
    this.#alive.close();
    this.#database.close();
  }

  /** What there is of a write, and whether it was taken: what has ended well is only read. */
  #claim(key: string): [string, boolean] {
    return transaction(this.#database, () => {
      const row = this.#database.prepare(sql.FIND).get(key) as Row | undefined;
      if (row === undefined) return ["", false];
      const { entry, owner } = row as { entry: string; owner: string | null };
      if (owner !== null && owner !== this.#owner && this.#isAlive(owner)) throw new InUseError(key);
      return [entry, this.#run(sql.CLAIM, this.#owner, key, owner) > 0];
    });
  }

  #keep(key: string, endpoint: string, entry: string, state: string): void {
    const kept =
      state === "open"
        ? this.#run(sql.BEGIN, key, endpoint, state, entry, this.#owner, Date.now())
        : this.#run(sql.END, state, entry, Date.now(), key, this.#owner);
    if (kept === 0) throw new InUseError(key);
  }

  #run(statement: string, ...values: SQLInputValue[]): number {
    return Number(this.#database.prepare(statement).run(...values).changes);
  }

  #all(statement: string): Write[] {
    const rows = this.#database.prepare(statement).all() as Row[];
    return rows.map(({ key, endpoint, state, entry, changed_ms }) => {
      return { key, endpoint, state, entry, changedMs: Number(changed_ms) } as Write;
    });
  }

  #isAlive(owner: string): boolean {
    // What a file says must lead nowhere else.
    if (!/^[0-9a-f]{32}$/.test(owner)) return false;
    const file = this.#beside(owner);
    if (!existsSync(file)) return false;
    try {
      locked(this.#sqlite, file).close();
    } catch {
      return existsSync(file);
    }
    remove(file);
    return false;
  }

  #beside(owner: string): string {
    return `${this.#path}-owner-${owner}`;
  }

  #told<T>(ask: () => T): T {
    if (!this.#database.isOpen) throw new JournalError("the journal is closed");
    try {
      return ask();
    } catch (thrown) {
      throw failed(this.#path, thrown);
    }
  }
}

/**
 * Makes a file that only its owner can read, unless there is one. It must not be opened otherwise: to close a file takes all
 * locks that the process has on it.
 */
function create(path: string): void {
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch (thrown) {
    if (!existsSync(path)) throw thrown;
  }
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Another has removed it.
  }
}

/** Takes the lock of an owner's file. */
function locked({ DatabaseSync }: Sqlite, path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec(sql.LOCK);
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

function connected({ DatabaseSync }: Sqlite, path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    set(database);
    const [application, version] = form(database);
    if (application === 0 && version === 0) {
      transaction(database, () => {
        if (form(database)[1] === 0) make(database, path);
      });
    } else if (application !== sql.APPLICATION) {
      throw new JournalError(`the journal ${path}: is a database, but no journal`);
    } else if (version > sql.VERSION) {
      const text = `is of version ${version}, and this program knows versions up to ${sql.VERSION}: update it`;
      throw new JournalError(`the journal ${path} ${text}`);
    }
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

/** Whoever makes a file of the same name at the same time holds it for a moment, and SQLite does not wait for that. */
function set(database: DatabaseSync): void {
  for (let tries = 0; ; tries++) {
    try {
      database.exec(sql.SETTINGS);
      return;
    } catch (thrown) {
      const { errcode } = Object(thrown) as { errcode?: number };
      if (tries === 100 || errcode === undefined || !BUSY.includes(errcode & 255)) throw thrown;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    }
  }
}

function make(database: DatabaseSync, path: string): void {
  const tables = database.prepare("SELECT count(*) AS count FROM sqlite_master").get() as Row;
  if (tables.count !== 0) throw new JournalError(`the journal ${path}: is a database, but no journal`);
  database.exec(sql.SCHEMA);
}

/** What the file says that it is, and its version. */
function form(database: DatabaseSync): [number, number] {
  const pragma = (name: string) => Number((database.prepare(`PRAGMA ${name}`).get() as Row)[name]);
  return [pragma("application_id"), pragma("user_version")];
}

function transaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec("BEGIN IMMEDIATE");
  try {
    const done = work();
    database.exec("COMMIT");
    return done;
  } catch (thrown) {
    database.exec("ROLLBACK");
    throw thrown;
  }
}

function failed(path: string, thrown: unknown): JournalError {
  if (thrown instanceof JournalError) return thrown;
  return new JournalError(`the journal ${path}: ${thrown instanceof Error ? thrown.message : thrown}`, thrown);
}
