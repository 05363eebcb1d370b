/** Cameras that take their time until a change shows: none is failed for it. */
import { expect, test } from 'vitest';
import { deviceTimedRestart } from '../document/sections/08-device-timed-restart.ts';
import { osd } from '../document/sections/24-osd.ts';
import type { Tamper } from '../emulator/tamper.ts';
import { complaints, runSection } from './section-run.fixture.ts';

test.concurrent.each([deviceTimedRestart, osd])('a get that shows each change 150 ms late passes: $slug', { timeout: 60_000 }, async (section) => {
  const judged = await runSection(section, { embedded: { settling: { get: 150 }, settlingMs: 1000 } });
  expect(complaints(judged)).toEqual([]);
  expect(judged.filter(({ verdict }) => verdict === 'skip')).toEqual([]);
});

test.concurrent('a camera that is slow gets the members of an enumeration in a train, and none of its faults is missed', {
  timeout: 60_000,
}, async () => {
  const slow = { settling: { get: 700 }, settlingMs: 2000 } as const;
  const keepsFive: Tamper = {
    stored: (action, changes) => (action === 'setRebootConf' && changes.day_week === 5 ? { ...changes, day_week: 4 } : changes),
  };
  const [good, wrong] = await Promise.all([
    runSection(deviceTimedRestart, { embedded: slow }),
    runSection(deviceTimedRestart, { embedded: slow, tamper: keepsFive }),
  ]);
  expect(complaints(good)).toEqual([]);
  expect(complaints(wrong)).toEqual(['device-timed-restart/day_week/members']);
});
