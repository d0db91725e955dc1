// What a tool is, and what it answers.

/** One of the tools. */
export interface ToolSchema {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of what it takes. */
  readonly input: Readonly<Record<string, unknown>>;
  /** JSON Schema of what it gives as `data`. */
  readonly output: Readonly<Record<string, unknown>>;
  /** Whether it changes nothing. Only `confirm_write` does. */
  readonly reads: boolean;
}

/** What a tool answered. */
export interface ToolAnswer {
  /** What the model is to read: data of the platform is marked as such in it. Of a refusal it is JSON with `error`. */
  readonly text: string;
  /** The same, structured; absent of a refusal. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** Whether the tool did not do what it was asked for. */
  readonly isError: boolean;
}
