import { readFileSync } from "node:fs";

/** The answer that is to be read. */
export const body = new Uint8Array(readFileSync(process.argv[2]));

/** Prints by how many megabytes the process grows at most while it does this. */
export function tellGrowth(work) {
  const before = process.memoryUsage.rss();
  work();
  console.log(process.resourceUsage().maxRSS / 1024 - before / (1 << 20));
}
