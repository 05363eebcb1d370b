/** Draws some of many, the same ones for the same seed. */
import { seededRandom } from '../emulator/random.ts';

export function draw<T>(all: readonly T[], count: number, seed: number): readonly T[] {
  const next = seededRandom(seed);
  return all
    .map((each) => ({ each, at: next() }))
    .toSorted((one, other) => one.at - other.at)
    .slice(0, count)
    .map(({ each }) => each);
}
