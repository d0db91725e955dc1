// What is used of Next.js, which the package does not depend on.
declare module "next/server" {
  /** Does work when the answer is sent. */
  export function after(work: () => Promise<void>): void;
}
