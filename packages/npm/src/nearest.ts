/**
 * The candidate that is nearest to a name that is none of them, by the rule of the core, which may not be loaded yet: case,
 * `_` and `-` say nothing, and one change in three letters is near.
 */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const wanted = plain(name);
  let least = Math.trunc(wanted.length / 3);
  let found: string | undefined;
  if (wanted.length > 64) return found;
  for (const candidate of candidates) {
    const changes = distance(wanted, plain(candidate));
    if (changes < least || (changes === least && found === undefined)) [least, found] = [changes, candidate];
  }
  return found;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, "");
}

/** How many letters to change, to put in, to leave out or to swap. */
function distance(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= other.length; j++) {
      const [a, b] = [one[i - 1], other[j - 1]];
      const isSwapped = i > 1 && j > 1 && a === other[j - 2] && one[i - 2] === b;
      row.push(
        Math.min(
          at(i - 1, j - 1) + (a === b ? 0 : 1),
          at(i - 1, j) + 1,
          at(i, j - 1) + 1,
          isSwapped ? at(i - 2, j - 2) + 1 : Infinity,
        ),
      );
    }
  }
  return at(one.length, other.length);
}
