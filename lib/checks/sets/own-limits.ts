/** Limits that only the camera knows: whether what became of several values can be explained by one range that it clamps to. */
import type { Attempted } from './round-trip.ts';

/**
 * What no clamping explains, in words; null where one range explains everything. A camera that stores something else than a limit of
 * its own, such as a number beside the one that was sent, needs another limit for each value.
 */
export function beyondLimits(tries: readonly Attempted[]): string | null {
  let [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const known: number[] = [];
  for (const { value, outcome, before, found } of tries) {
    if (typeof before === 'number') known.push(before);
    if (outcome.kind !== 'done') continue;
    const received = `code 0 to ${JSON.stringify(value)}, and then it reads ${JSON.stringify(found) ?? 'nothing'} (before: ${JSON.stringify(before)})`;
    if (typeof found !== 'number' || typeof value !== 'number') return received;
    known.push(found);
    // Ignored: it stays what it was.
    if (found === value || found === before) continue;
    const limit = found < value ? most : least;
    if (Number.isFinite(limit) && limit !== found) return received;
    if (found < value) most = found;
    else least = found;
    if (known.some((each) => each < least || each > most)) return received;
  }
  return null;
}
