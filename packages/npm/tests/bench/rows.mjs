// Rounds, and the rows that they give.

let misses = 0;

/** How many rows have missed their budget. */
export function missed() {
  return misses;
}

/**
 * Measures ours and a peer's in rounds: in each ours, then the peer's, so that what slows the machine down slows both. The
 * ratio is the median of the rounds' own ratios.
 */
export function beside(name, ours, peer, theirs, { budget, times, rounds }) {
  // What the compilers of the runtime have not reached yet does not count.
  for (let warm = 0; warm < 3; warm++) {
    timed(ours, times);
    timed(theirs, times);
  }
  row(
    name,
    Array.from({ length: rounds }, () => [timed(ours, times), timed(theirs, times)]),
    peer,
    { budget, unit: "µs" },
  );
}

/** Measures what has no peer. */
export function alone(name, ours, times = 1000) {
  for (let warm = 0; warm < 3; warm++) timed(ours, times);
  const value = median(Array.from({ length: 41 }, () => timed(ours, times)));
  const facts = { host: "npm", case: name, ours: rounded(value), peer: null, peer_value: null, ratio: null };
  console.log(JSON.stringify({ ...facts, better: "lower", unit: "µs", ok: true }));
}

/** Prints the row of rounds, each a pair of numbers. */
export function row(name, rounds, peer, { budget, unit }) {
  const [ours, value] = [0, 1].map((side) => median(rounds.map((round) => round[side])));
  const ratio = median(rounds.map(([mine, other]) => mine / other));
  const ok = budget === undefined || ratio <= budget;
  if (!ok) misses++;
  const facts = {
    host: "npm",
    case: name,
    ours: rounded(ours),
    peer,
    peer_value: rounded(value),
    ratio: rounded(ratio),
  };
  console.log(JSON.stringify({ ...facts, ...(budget === undefined ? {} : { budget }), better: "lower", unit, ok }));
}

/** Microseconds of this process for one run, on all its threads: what else runs on the machine does not count. */
function timed(work, times) {
  const started = process.cpuUsage();
  for (let i = 0; i < times; i++) work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / times;
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}

function rounded(number) {
  return Math.round(number * 1000) / 1000;
}
