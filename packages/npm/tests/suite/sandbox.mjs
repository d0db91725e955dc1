// The platform on this machine.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export const ACCOUNT = { accessKey: "sandbox-key", accessSecret: "sandbox-secret", userId: "sandbox-user" };

/** Starts it, and gives its address and how to end it. */
export async function sandbox(...options) {
  const program = spawn(process.env.XPORTCN_CLI, ["sandbox", "--port", "0", ...options], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  for await (const line of createInterface({ input: program.stdout })) {
    const [, url] = /^listening on .*?(http:\S+)/.exec(line) ?? [];
    if (url) return { url, end: () => program.kill() };
  }
  throw new Error("the sandbox does not start");
}
