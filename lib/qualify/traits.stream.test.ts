/**
 * Every trait has the verdict that it deserves: the checks that come across it complain as it lists, and no others. `npm test` leaves out
 * what takes long and tells the same: one stream of two, JPEG of three formats. `npm run qualify` runs them all.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { TRAITS } from '../emulator/traits/index.ts';
import { verdictOf } from '../emulator/traits/trait.ts';
import { runTrait, type TraitRun } from './judge-camera.ts';
import { inLanes } from './lanes.ts';

const LIMIT_MS = 600_000;
const LANES = 12;
/** Its pictures are as large as the main stream. */
const SNAPSHOT = 3;
const LONG = /stream_0|snapshot\/(bmp|yuv|fmt)|in-stream|in-picture|rtsp\/(audio|version|play-|setup-)/;
/** Waits for 6 s with each snapshot. */
const ONE_SNAPSHOT = /^snapshot\/jpeg\/default$/;

describe('a camera that', () => {
  const runs = new Map<string, TraitRun>();
  beforeAll(async () => {
    await inLanes(
      TRAITS,
      async (trait) => {
        const isShort = trait.id === 'slow-snapshot' ? (id: string) => ONE_SNAPSHOT.test(id) : (id: string) => !LONG.test(id);
        runs.set(trait.id, await runTrait(trait, isShort, { beside: trait.sections.includes(SNAPSHOT) ? ['two-streams'] : [] }));
      },
      { most: LANES },
    );
  }, LIMIT_MS);

  it.each(TRAITS.map((trait) => ({ id: trait.id, does: trait.does, verdict: verdictOf(trait) })))('$does: $verdict', ({ id }) => {
    const run = runs.get(id);
    expect(run?.found).toEqual(run?.expected);
  });
});

it('ids of traits are words, each once', () => {
  const ids = TRAITS.map(({ id }) => id);
  expect(ids.filter((id) => !/^[a-z0-9.-]+$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});
