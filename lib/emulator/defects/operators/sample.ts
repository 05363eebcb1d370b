/** Draws operators so that each kind of them is drawn as often as the next, and of those written blindly each section; the same ones for the same seed. */
import { seededRandom } from '../../random.ts';
import type { BlindDefect } from '../blind/blind-defect.ts';

const kindOf = ({ id }: BlindDefect): string => id.split('/')[1] ?? '';

export function drawOperators(all: readonly BlindDefect[], count: number, seed: number): readonly BlindDefect[] {
  const next = seededRandom(seed);
  const byKind = new Map<string, BlindDefect[]>();
  for (const { each } of all.map((defect) => ({ each: defect, at: next() })).toSorted((one, other) => one.at - other.at)) {
    const kind = byKind.get(kindOf(each));
    if (kind === undefined) byKind.set(kindOf(each), [each]);
    else kind.push(each);
  }
  const drawn: BlindDefect[] = [];
  for (let turn = 0; drawn.length < Math.min(count, all.length); turn += 1) {
    for (const kind of byKind.values()) {
      const found = kind[turn];
      if (found !== undefined && drawn.length < count) drawn.push(found);
    }
  }
  return drawn;
}
