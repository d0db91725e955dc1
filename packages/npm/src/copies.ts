// A process may hold this package twice, as ES modules and as CommonJS, or in two versions. `instanceof` holds across them.

const NAME = Symbol.for("xportcn.class");
const isOwnInstance = Function.prototype[Symbol.hasInstance];

/** Keeps the name of a class or function through minifiers, which give them names of their own. */
export function keepName<T extends object>(named: T, name: string): T {
  return Object.defineProperty(named, "name", { value: name, configurable: true });
}

/** Names a class for all copies of the package. */
// biome-ignore lint/complexity/noBannedTypes: a class, whatever it is made from
export function nameForCopies(type: Function, name: string): void {
  keepName(type, name);
  Object.defineProperty(type.prototype, NAME, { value: name });
}

/** Whether a value is an instance of a class, or of the class of this name in another copy. */
// biome-ignore lint/complexity/noBannedTypes: a class, whatever it is made from
export function isInstance(type: Function, value: unknown): boolean {
  if (isOwnInstance.call(type, value)) return true;
  // A class that others derive from ours has no name of its own, and is its own only.
  const name = nameOf(type.prototype);
  for (let at = value; name !== undefined && typeof at === "object" && at !== null; at = Object.getPrototypeOf(at)) {
    if (nameOf(at) === name) return true;
  }
  return false;
}

function nameOf(prototype: object): unknown {
  return Object.getOwnPropertyDescriptor(prototype, NAME)?.value;
}
