/** Cameras that take their time until a change shows: none is failed for it. */
import { expect, test } from 'vitest';
import { deviceTimedRestart } from '../document/sections/08-device-timed-restart.ts';
import { osd } from '../document/sections/24-osd.ts';
import { complaints, runSection } from './section-run.fixture.ts';

test.each([deviceTimedRestart, osd])('a get that shows each change 150 ms late passes: $slug', { timeout: 60_000 }, async (section) => {
  const judged = await runSection(section, { embedded: { settling: { get: 150 }, settlingMs: 1000 } });
  expect(complaints(judged)).toEqual([]);
  expect(judged.filter(({ verdict }) => verdict === 'skip')).toEqual([]);
});
