import { subscribe } from "node:diagnostics_channel";
import { readFailures } from "./failures.js";
import { neverConnected, read } from "./reading.js";

readFailures(read);

// Node's fetch tells which of its errors are of connections that never came about. Bun's has no such channel.
if (process.versions.bun === undefined) {
  const heard = neverConnected();
  subscribe("undici:client:connectError", (message) => heard((message as { error: unknown }).error));
}
