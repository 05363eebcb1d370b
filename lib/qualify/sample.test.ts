/** A few of all defects, so that a change of the suite that makes it blind is noticed at once; `npm run qualify` plants all. */
import { describe, expect, test } from 'vitest';
import { BY_HAND } from '../emulator/defects/by-hand/index.ts';
import { allGenerated, findDefect } from '../emulator/defects/index.ts';
import { collectChecks } from '../execution/load-suites.ts';
import { runDefect } from './run-defect.ts';
import { draw } from './sample.ts';

/** Another one each day would find more, and would not be the same for two people: the seed is in the name of the test. */
const SEED = 1;
const GENERATED = 120;

describe(`of all defects, drawn with seed ${SEED},`, () => {
  test.concurrent.each(draw(allGenerated(), GENERATED, SEED).map(({ id }) => id))('%s is caught', async (id) => {
    const defect = findDefect(id);
    if (defect === undefined) throw new Error(`Could not find ${id}.`);
    const { result, seenBy, errors } = await runDefect(defect);
    expect({ result, seenBy, errors }).toEqual({ result: 'caught', seenBy: expect.anything(), errors: [] });
  });
});

test('the same seed draws the same defects', () => {
  const ids = (seed: number) => draw(allGenerated(), 5, seed).map(({ id }) => id);
  expect(ids(7)).toEqual(ids(7));
  expect(ids(7)).not.toEqual(ids(8));
});

describe('the defects', () => {
  const all = [...allGenerated(), ...BY_HAND];

  test('have ids of their own', () => {
    const ids = all.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test('are noticed by checks that there are', async () => {
    const checks = new Set((await collectChecks()).map(({ id }) => id));
    expect(all.flatMap(({ noticedBy }) => noticedBy).filter((id) => !checks.has(id))).toEqual([]);
  });
});
