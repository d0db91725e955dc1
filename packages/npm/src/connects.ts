import type * as channels from "node:diagnostics_channel";
import { readFailures } from "./failures.js";
import { neverConnected, read } from "./reading.js";

/** Has errors read by their codes and words, and by what Node's fetch tells before. */
export function readConnects(channel: () => typeof channels): void {
  // Node's fetch tells which of its errors are of connections that never came about. Bun's has no such channel.
  if (process.versions.bun !== undefined) {
    readFailures(read);
    return;
  }
  const heard = neverConnected();
  readFailures(read, () => {
    channel().subscribe("undici:client:connectError", (message) => heard((message as { error: unknown }).error));
  });
}
