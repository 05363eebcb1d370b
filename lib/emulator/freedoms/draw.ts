/**
 * Combinations that cover all pairs: for any two choices that go together there is a combination with both. Greedy, as in AETG (Cohen and
 * others, 1997): each combination grows around the choice of which most pairs are missing. Pure: the same seed, the same draw.
 */
import { seededRandom } from '../random.ts';

/** One value of each axis, in their order; null is the ordinary one, which goes together with everything. */
export type Combination = readonly (string | null)[];

export interface Space {
  /** the values of each axis beside the ordinary one; no value stands twice */
  readonly axes: readonly (readonly string[])[];
  /** whether two values of different axes go together; the same either way round */
  isCompatible(a: string, b: string): boolean;
}

interface Cell {
  readonly axis: number;
  readonly value: string | null;
  /** cells of other axes with which it has been in no combination yet */
  readonly missing: Set<Cell>;
}

/** Grown for each combination, of which the best is kept. */
const CANDIDATES = 8;

export function drawPairwise({ axes, isCompatible }: Space, seed: number): readonly Combination[] {
  const random = seededRandom(seed);
  const goTogether = (a: Cell, b: Cell): boolean => a.value === null || b.value === null || isCompatible(a.value, b.value);
  const rows = axes.map((axis, index) => [null, ...axis].map((value): Cell => ({ axis: index, value, missing: new Set() })));
  const cells = rows.flat();
  for (const a of cells) for (const b of cells) if (a.axis !== b.axis && goTogether(a, b)) a.missing.add(b);

  const combinations: Combination[] = [];
  while (cells.some(({ missing }) => missing.size > 0)) {
    const grown = Array.from({ length: CANDIDATES }, () => grow(rows, goTogether, random));
    const { chosen } = grown.reduce((best, each) => (each.gain > best.gain ? each : best));
    for (const a of chosen) for (const b of chosen) a.missing.delete(b);
    combinations.push(chosen.toSorted((a, b) => a.axis - b.axis).map(({ value }) => value));
  }
  return combinations;
}

/** Axis by axis in a random order, each time the value that meets most of those before it for the first time. */
function grow(
  rows: readonly (readonly Cell[])[],
  goTogether: (a: Cell, b: Cell) => boolean,
  random: () => number,
): { readonly chosen: readonly Cell[]; readonly gain: number } {
  const first = best(shuffled(rows.flat(), random), ({ missing }) => missing.size);
  const second = best(shuffled([...first.missing], random), ({ missing }) => missing.size);
  const chosen = [first, second];
  let gain = 1;
  for (const row of shuffled(rows, random)) {
    if (row.includes(first) || row.includes(second)) continue;
    const possible = shuffled(row, random).filter((cell) => chosen.every((other) => goTogether(cell, other)));
    const met = (cell: Cell): number => chosen.filter((other) => cell.missing.has(other)).length;
    // Of two that meet as many now, the one that has more to meet.
    const next = best(possible, (cell) => met(cell) + cell.missing.size / 10_000);
    gain += met(next);
    chosen.push(next);
  }
  return { chosen, gain };
}

const best = <T>(items: readonly T[], worth: (item: T) => number): T => items.reduce((so, each) => (worth(each) > worth(so) ? each : so));

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const left = [...items];
  return items.map(() => left.splice(Math.floor(random() * left.length), 1)[0] as T);
}
