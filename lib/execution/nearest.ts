/** What somebody may have meant: the words that differ least from what was written. */

const MOST = 3;

/** At most three candidates, the nearest first; of equally near ones, in their order. */
export const nearest = (written: string, candidates: Iterable<string>): readonly string[] =>
  [...new Set(candidates)]
    .map((candidate) => ({ candidate, distance: distance(written, candidate) }))
    .toSorted((one, other) => one.distance - other.distance)
    .slice(0, MOST)
    .map(({ candidate }) => candidate);

/** Levenshtein's: how many characters are inserted, removed or replaced. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const replaced = (row[j - 1] as number) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[other.length] as number;
}
