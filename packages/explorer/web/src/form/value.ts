// The value that a form makes: JSON, of which no number is rounded.

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type Path = (string | number)[];

/** As errors name it: `orderLineList[0].itemId`. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    return text ? `${text}.${step}` : step;
  }, "");
}

/** An element's id for a path. */
export const pathId = (path: Path) => `field-${path.join("-")}`;

export const isObject = (value: unknown): value is { [name: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The value with another one at a path; undefined takes it out. */
export function withAt(value: Json | undefined, path: Path, next: Json | undefined): Json | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return next;
  if (typeof step === "number") {
    const list = Array.isArray(value) ? [...value] : [];
    const inner = withAt(list[step], rest, next);
    if (inner === undefined) list.splice(step, 1);
    else list[step] = inner;
    return list;
  }
  const object = isObject(value) ? { ...value } : {};
  const inner = withAt(object[step], rest, next);
  if (inner === undefined) delete object[step];
  else object[step] = inner;
  return object;
}

interface Source {
  source?: string;
}

/** Reads JSON. A number that binary floating point does not hold as it is written becomes text of its digits. */
export function parseExact(text: string): Json {
  return JSON.parse(text, function keep(this: unknown, _name: string, value: unknown, context?: Source) {
    const source = context?.source;
    if (typeof value !== "number" || source === undefined || String(value) === source) return value;
    return Number.isSafeInteger(value) && !/[.eE]/.test(source) ? value : source;
  } as (name: string, value: unknown) => unknown);
}

/** What a person typed for a whole number: a number where it is one, and else the text, for the program to refuse. */
export function wholeNumber(text: string): Json {
  return /^-?(0|[1-9]\d*)$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : text;
}

export function floatNumber(text: string): Json {
  return text.trim() !== "" && String(Number(text)) === text ? Number(text) : text;
}
