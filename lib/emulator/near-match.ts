/** What somebody may have meant who typed a name that there is not. */

/** `: did you mean "x" or "y"?`-like words, or nothing where no name is near. */
export function nearest(typed: string, names: Iterable<string>): string {
  const near = [...names]
    .map((name) => ({ name, distance: name.includes(typed) || typed.includes(name) ? 1 : distance(typed, name) }))
    .filter(({ name, distance: far }) => far <= Math.max(2, Math.floor(name.length / 3)))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3);
  return near.length === 0 ? '' : ` (near to it: ${near.map(({ name }) => name).join(', ')})`;
}

/** Letters to insert, drop or replace (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
