import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random.ts';
import { type Combination, drawPairwise, type Space } from './draw.ts';

/** Pairs of two axes' values, the ordinary ones included, that are in no combination. */
function uncovered({ axes, isCompatible }: Space, combinations: readonly Combination[]): readonly string[] {
  const values = axes.map((axis) => [null, ...axis]);
  return values.flatMap((row, a) =>
    values.slice(a + 1).flatMap((other, offset) => {
      const b = a + 1 + offset;
      return row.flatMap((one) =>
        other
          .filter((two) => one === null || two === null || isCompatible(one, two))
          .filter((two) => !combinations.some((combination) => combination[a] === one && combination[b] === two))
          .map((two) => `${a}:${one} ${b}:${two}`),
      );
    }),
  );
}

const clashes = ({ isCompatible }: Space, combinations: readonly Combination[]): readonly string[] =>
  combinations.flatMap((combination) => {
    const chosen = combination.filter((value) => value !== null);
    return chosen.flatMap((a, index) => chosen.slice(index + 1).flatMap((b) => (isCompatible(a, b) ? [] : [`${a} ${b}`])));
  });

/** Axes of one to four values, of which every so many-th pair does not go together. */
function randomSpace(seed: number): Space {
  const random = seededRandom(seed);
  const axes = Array.from({ length: 2 + Math.floor(random() * 9) }, (_, axis) =>
    Array.from({ length: 1 + Math.floor(random() * 4) }, (_each, value) => `${axis}${'abcd'[value]}`),
  );
  const apart = new Set<string>();
  const all = axes.flat();
  for (const a of all) for (const b of all) if (a < b && a[0] !== b[0] && random() < 0.1) apart.add(`${a} ${b}`);
  return { axes, isCompatible: (a, b) => !apart.has(a < b ? `${a} ${b}` : `${b} ${a}`) };
}

describe('a pairwise draw', () => {
  it.each(Array.from({ length: 30 }, (_, seed) => seed))('covers each pair that goes together, and has none that does not (space %i)', (seed) => {
    const space = randomSpace(seed);
    const combinations = drawPairwise(space, seed);
    expect(uncovered(space, combinations)).toEqual([]);
    expect(clashes(space, combinations)).toEqual([]);
    for (const combination of combinations) {
      expect(combination).toHaveLength(space.axes.length);
      for (const [axis, value] of combination.entries()) expect(value === null || space.axes[axis]?.includes(value)).toBe(true);
    }
  });

  it('is the same for the same seed, and another for another', () => {
    const space = randomSpace(7);
    expect(drawPairwise(space, 1)).toEqual(drawPairwise(space, 1));
    expect(drawPairwise(space, 1)).not.toEqual(drawPairwise(space, 2));
  });

  it('is far smaller than all combinations', () => {
    const axes = Array.from({ length: 10 }, (_, axis) => [`${axis}a`, `${axis}b`, `${axis}c`]);
    expect(drawPairwise({ axes, isCompatible: () => true }, 1).length).toBeLessThan(45);
  });
});
