// What is filled in for a row, and what came of it. Kept while the page is open.
import { batch, signal } from "@preact/signals";
import { call, Refused, type Seen, type Sum } from "../api";
import { isObject, type Json, parseExact } from "../form/value";
import type { Row } from "../tables";

export class Draft {
  readonly row: Row;
  readonly params = signal<Json>({});
  /** The request as JSON text, while that is how it is written. */
  readonly text = signal<string | null>(null);
  readonly seen = signal<Seen | null>(null);
  readonly refused = signal<Refused | null>(null);
  readonly busy = signal(false);
  /** What must be confirmed before the call is made: its sums, as far as they are known. */
  readonly question = signal<Sum[] | null>(null);
  /** Grows with what the form must forget: half-typed JSON and the like. */
  readonly edition = signal(0);

  constructor(row: Row) {
    this.row = row;
    this.params.value = structuredClone(row.example) as Json;
  }

  fill(params: Json) {
    batch(() => {
      this.params.value = structuredClone(params);
      if (this.text.value !== null) this.text.value = shown(params);
      this.seen.value = null;
      this.refused.value = null;
      this.edition.value += 1;
    });
  }

  toJson() {
    this.text.value = shown(this.params.value);
  }

  /** Goes back to the form; says what is wrong with the text, if so. */
  toForm() {
    const params = this.read();
    batch(() => {
      this.params.value = params;
      this.text.value = null;
      this.edition.value += 1;
    });
  }

  /** The request as it now stands. Throws what is wrong with the text. */
  read(): Json {
    if (this.text.value === null) return this.params.value;
    const params = parseExact(this.text.value);
    if (!isObject(params)) throw new SyntaxError("object");
    return params;
  }

  /** The request as JSON text, whether or not it is right. */
  written(): string {
    return this.text.value ?? JSON.stringify(this.params.value);
  }

  /** Makes the call. One that writes is first refused with the question that is then asked. */
  async send(confirmed: boolean) {
    const text = this.written();
    this.busy.value = true;
    this.question.value = null;
    try {
      const seen = await call(this.row.id, text, confirmed);
      batch(() => {
        this.seen.value = seen;
        this.refused.value = null;
      });
    } catch (error) {
      const refused = error instanceof Refused ? error : new Refused("other", String(error));
      if (refused.kind === "unconfirmed") {
        this.question.value = refused.sums;
        return;
      }
      batch(() => {
        this.seen.value = null;
        this.refused.value = refused;
      });
    } finally {
      this.busy.value = false;
    }
  }
}

const shown = (params: Json) => JSON.stringify(params, null, 2);

const drafts = new Map<string, Draft>();

export function draftOf(row: Row): Draft {
  const known = drafts.get(row.id);
  if (known) return known;
  const made = new Draft(row);
  drafts.set(row.id, made);
  return made;
}
