/** Good cameras that nobody chose: combinations of what the contract leaves open, drawn so that any two choices that go together meet in one. */
import type { EmulatorOptions } from '../emulator.ts';
import { EXCLUSIONS, FREEDOMS, UNHURRIED } from './contract.ts';
import { drawPairwise, type Space } from './draw.ts';

export interface DrawnCamera {
  /** `drawn-1-07`: seed and number */
  readonly id: string;
  /** what starts it */
  readonly options: Required<Pick<EmulatorOptions, 'quirks' | 'seed'>>;
}

const excluded: ReadonlySet<string> = new Set(
  EXCLUSIONS.flatMap(({ these, those }) => these.flatMap((one) => those.flatMap((other) => [`${one} ${other}`, `${other} ${one}`]))),
);

/** Whether one camera may have both traits. */
export const isCompatible = (a: string, b: string): boolean => !excluded.has(`${a} ${b}`);

export const SPACE: Space = { axes: FREEDOMS.map(({ choices }) => choices), isCompatible };

const drawn = new Map<number, readonly DrawnCamera[]>();

/** The same seed gives the same cameras; none of them may be failed. A draw takes a second, and is made once. */
export function drawCameras(seed: number): readonly DrawnCamera[] {
  const known = drawn.get(seed) ?? draw(seed);
  drawn.set(seed, known);
  return known;
}

const draw = (seed: number): readonly DrawnCamera[] =>
  drawPairwise(SPACE, seed).map((combination, index, { length }) => ({
    id: `drawn-${seed}-${String(index + 1).padStart(String(length).length, '0')}`,
    options: { quirks: combination.filter((choice) => choice !== null), seed: seed * 1000 + index },
  }));

/** The same without what makes a run take minutes more: `brisk-1-07`. */
export const drawBriskCameras = (seed: number): readonly DrawnCamera[] =>
  drawCameras(seed).map(({ id, options }) => ({
    id: id.replace('drawn', 'brisk'),
    options: { ...options, quirks: options.quirks.filter((choice) => !UNHURRIED.has(choice)) },
  }));

/** The camera with an id of these; undefined for any other. */
export function drawnCamera(id: string): DrawnCamera | undefined {
  const [, kind, seed] = /^(drawn|brisk)-(\d+)-\d+$/.exec(id) ?? [];
  if (seed === undefined) return undefined;
  return (kind === 'drawn' ? drawCameras : drawBriskCameras)(Number(seed)).find((each) => each.id === id);
}
