// What starting a server takes: a port that nobody has, and patience until it answers.

import { createServer } from "node:net";

export function freePort() {
  return new Promise((resolve) => {
    const one = createServer().listen(0, "127.0.0.1", () => {
      const { port } = one.address();
      one.close(() => resolve(port));
    });
  });
}

/** Asks again until there is an answer, for twenty seconds. */
export async function patient(ask) {
  for (let left = 200; ; left--) {
    try {
      return await ask();
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
