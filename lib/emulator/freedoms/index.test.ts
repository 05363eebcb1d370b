import { beforeAll, describe, expect, it } from 'vitest';
import { combineHabits } from '../habits.ts';
import { BLIND_TRAITS } from '../traits/blind/index.ts';
import { makeTraits, TRAITS } from '../traits/index.ts';
import { verdictOf } from '../traits/trait.ts';
import { EXCLUSIONS, FREEDOMS, NOT_DRAWN } from './contract.ts';
import { type DrawnCamera, drawCameras, isCompatible } from './index.ts';

const CHOICES = FREEDOMS.flatMap(({ choices }) => choices);

describe('freedoms', () => {
  it('have ids of their own, words that leave the choice, and choices that stand once', () => {
    const ids = FREEDOMS.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(CHOICES.filter((id, index) => CHOICES.indexOf(id) !== index)).toEqual([]);
    for (const { id, says, place, choices } of FREEDOMS) {
      expect([id, says.length > 3, /^(contract|[\d.,-]+)$/.test(place), choices.length > 0]).toEqual([id, true, true, true]);
    }
  });

  it('offer no choice that a camera deserves to be failed for certain, or to be warned of unless it is legal and breaks its users', () => {
    const isLegal = ({ because = '' }: { readonly because?: string }): boolean => because.startsWith('legal, and clients');
    const fine = new Set([
      ...TRAITS.filter((trait) => verdictOf(trait) === 'nothing' || (verdictOf(trait) === 'warn' && isLegal(trait))).map(({ id }) => id),
      ...BLIND_TRAITS.filter(({ expects }) => expects === 'nothing' || expects === 'at-most-warn').map(({ id }) => id),
    ]);
    expect(CHOICES.filter((id) => !fine.has(id))).toEqual([]);
  });

  it('offer every blind trait that is left open, but those that are left out for a reason', () => {
    const open = BLIND_TRAITS.filter(({ expects }) => expects === 'nothing' || expects === 'at-most-warn').map(({ id }) => id);
    expect(open.filter((id) => !CHOICES.includes(id)).toSorted()).toEqual(Object.keys(NOT_DRAWN).toSorted());
  });

  it('exclude choices of theirs, of different freedoms, for a reason', () => {
    const freedomOf = new Map(FREEDOMS.flatMap(({ id, choices }) => choices.map((choice) => [choice, id])));
    for (const { these, those, because } of EXCLUSIONS) {
      expect(because.length).toBeGreaterThan(10);
      for (const one of these)
        for (const other of those)
          expect(
            [freedomOf.get(one), freedomOf.get(other)].includes(undefined) || freedomOf.get(one) === freedomOf.get(other),
            `${one} ${other}`,
          ).toBe(false);
    }
  });
});

describe('drawn cameras', () => {
  let cameras: readonly DrawnCamera[];
  beforeAll(() => {
    cameras = drawCameras(1);
  });

  it('are the same for the same seed', () => {
    expect(drawCameras(1)).toEqual(cameras);
  });

  it('have any two choices that go together, and none that do not', () => {
    const met = new Set(cameras.flatMap(({ options: { quirks } }) => quirks.flatMap((a) => quirks.map((b) => `${a} ${b}`))));
    const freedoms = FREEDOMS.map(({ choices }) => choices);
    const pairs = freedoms.flatMap((one, index) =>
      freedoms.slice(index + 1).flatMap((other) => one.flatMap((a) => other.map((b) => [a, b] as const))),
    );
    expect(pairs.filter(([a, b]) => isCompatible(a, b) !== met.has(`${a} ${b}`))).toEqual([]);
    expect(cameras.length).toBeLessThan(110);
  });

  it('can each be put together', () => {
    for (const { options } of cameras) expect(combineHabits(makeTraits(options.quirks, options.seed))).toHaveProperty('tamper');
  });
});
