// The program's answers below /api.

export interface Session {
  target: "sandbox" | "platform";
  baseUrl: string;
  accessKey: string;
  userId: string;
  writes: boolean;
  version: string;
  /** What pushed messages are answered with. */
  inbox: number;
}

export interface Warning {
  path: string;
  expected: string;
  found: string;
}

export interface CallError {
  kind: string;
  text: string;
  isRetryable: boolean;
  /** The field that is wrong, and why. */
  path?: string;
  reason?: string;
  code?: number | null;
  hint?: string;
  requestId?: string;
}

export interface Attempt {
  method: string;
  url: string;
  headers: [string, string][];
  body?: string | null;
  answer?:
    | { status: number; headers: [string, string][]; body: string }
    | { failure: string; maybeSent: boolean }
    | null;
}

export interface CallEvent {
  event: string;
  atMs: number;
  [more: string]: unknown;
}

export interface Seen {
  events: CallEvent[];
  attempts: Attempt[];
  /** Canonical JSON text. */
  data: string | null;
  reply: { requestId?: string | null; message?: string | null; warnings: Warning[] } | null;
  error: CallError | null;
  durationMs: number;
}

/** The field of the request that is wrong, if that is what ended a call. */
export const wrongField = (seen: Seen | null): { path: string; reason: string } | undefined => {
  const error = seen?.error;
  if (error?.kind !== "InvalidRequest" || error.path === undefined) return undefined;
  return { path: error.path, reason: error.reason ?? error.text };
};

/** What a write costs or asks for. */
export interface Sum {
  /** The field of the request, or the order. */
  of: string;
  yuan: string;
  words: { en: string; zh: string };
}

/** The program itself refuses, or cannot be reached. */
export class Refused extends Error {
  readonly kind: string;
  /** Of a write that is to be confirmed. */
  readonly sums: Sum[];

  constructor(kind: string, message: string, sums: Sum[] = []) {
    super(message);
    this.kind = kind;
    this.sums = sums;
  }
}

async function ask<T>(path: string, body?: string): Promise<T> {
  let answer: Response;
  try {
    const post = { method: "POST", headers: { "content-type": "application/json" }, body };
    answer = await fetch(path, body === undefined ? {} : post);
  } catch {
    throw new Refused("unreachable", "");
  }
  const text = await answer.text();
  if (!answer.ok) throw refusal(answer.status, text);
  return JSON.parse(text);
}

function refusal(status: number, text: string): Refused {
  if (status === 401) return new Refused("token", text.trim());
  try {
    const told = JSON.parse(text);
    return new Refused(told.refused ?? "other", told.message ?? told.msg ?? text, told.sums);
  } catch {
    return new Refused("other", text.trim() || `HTTP ${status}`);
  }
}

export const session = () => ask<Session>("/api/session");

/** Makes a call. The parameters stay text, so that no number of theirs is rounded here. */
export const call = (row: string, params: string, confirmed: boolean) =>
  ask<Seen>("/api/call", `{"id":${JSON.stringify(row)},"params":${params},"confirmed":${confirmed}}`);

/** Does what only a seller, a carrier, a clock or a tester does. */
export const act = (path: string, body: unknown = {}) =>
  ask<Record<string, unknown>>("/api/sandbox", JSON.stringify({ path, body }));

/** A call as code. */
export interface Sample {
  language: string;
  title: string;
  text: string;
}

export const code = (row: string, params: string) =>
  ask<{ samples: Sample[] }>("/api/code", `{"id":${JSON.stringify(row)},"params":${params}}`);

export interface Played {
  name: string;
  done: boolean;
  steps: { step: number; about: string; failed: string | null; answer: unknown }[];
}

export interface Scenario {
  name: string;
  steps: { about?: string; call?: string; sandbox?: string }[];
}

export const scenarios = () => ask<{ scenarios: Scenario[] }>("/scenarios.json");

/** Plays a scenario, given as its text: it may be a file of the user's. */
export const play = (scenario: string) => ask<Played>("/api/scenario", scenario);

export const answerMessages = (status: number) => ask<{ inbox: number }>("/api/inbox", String(status));
