/**
 * What holds whatever is tried on a camera that conforms: legal settings are stored and read back; all else leaves it as it is, and it
 * answers. Seeds stand in the titles; `npm run fuzz -- --seed N` searches further.
 */
import { describe, expect, test } from 'vitest';
import type { EmulatorOptions } from '../emulator/emulator.ts';
import { type Attempt, type AttemptKind, attempts, HARMLESS_KINDS } from './attempt.ts';
import { ALL_TARGETS, withGround } from './embedded-ground.fixture.ts';
import { search } from './fast-check.ts';
import { makeAttempt } from './make-attempt.ts';

const SEED = 20260101;
const LIMIT_MS = 60_000;

const CAMERAS: readonly (EmulatorOptions & { readonly name: string })[] = [
  { name: 'full', model: 'full' },
  { name: 'literal', model: 'literal' },
  { name: 'small, with clamping and converting', model: 'full', quirks: ['few-parameters', 'two-streams', 'clamps', 'converts'] },
];

/** What is wrong with the smallest attempt that shows it; null when nothing is. */
async function firstTrouble(options: EmulatorOptions, kinds: readonly AttemptKind[], runs: number, isStateKept: boolean): Promise<unknown> {
  return withGround(options, async ({ ground, emulator }) => {
    const wrong = async (attempt: Attempt): Promise<unknown> => {
      const before = JSON.stringify(emulator.state());
      const trouble = await makeAttempt(ground, attempt);
      if (trouble !== null) return trouble;
      return isStateKept && JSON.stringify(emulator.state()) !== before ? 'its state changed' : null;
    };
    const { counterexample } = await search(attempts(ALL_TARGETS, kinds), async (attempt) => (await wrong(attempt)) === null, { seed: SEED, runs });
    return counterexample === null ? null : { ...counterexample, wrong: await wrong(counterexample.value) };
  });
}

describe(`seed ${SEED}`, () => {
  test.each(CAMERAS)('random legal settings round-trip on the camera $name', { timeout: LIMIT_MS }, async ({ name, ...options }) => {
    expect(await firstTrouble(options, ['legal'], 60, false)).toBeNull();
  });

  test.each(CAMERAS.slice(0, 2))(
    'nothing that is not legal changes the state of the camera $name',
    { timeout: LIMIT_MS },
    async ({ name, ...options }) => {
      expect(await firstTrouble(options, HARMLESS_KINDS, 120, true)).toBeNull();
    },
  );

  test.each(CAMERAS)(
    'nothing harms the camera $name, and odd texts change only what they name',
    { timeout: LIMIT_MS },
    async ({ name, ...options }) => {
      expect(await firstTrouble(options, [...HARMLESS_KINDS, 'odd'], 60, false)).toBeNull();
    },
  );
});
