/** Milliseconds of this process so far, on all its threads. */
export function cpu() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
