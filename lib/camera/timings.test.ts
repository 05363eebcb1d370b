import { expect, test } from 'vitest';
import { withCamera } from './embedded-camera.fixture.ts';
import type { Outcome } from './outcome.ts';
import { noteTiming, summariseTimings, type Timings } from './timings.ts';

const took = (durationMs: number, kind: Outcome['kind'] = 'done'): Outcome => ({ kind, answer: { exchange: { durationMs } } }) as unknown as Outcome;

test('median and 95th percentile are values that were measured', () => {
  const timings: Timings = new Map();
  for (let ms = 20; ms >= 1; ms -= 1) noteTiming(timings, 'getOsdConf', took(ms));
  noteTiming(timings, 'getAencConf', took(3.12));
  noteTiming(timings, 'getAencConf', took(900, 'code'));
  noteTiming(timings, 'getAencConf', took(900, 'error-json'));
  expect(summariseTimings(timings)).toEqual([
    { action: 'getAencConf', requests: 1, medianMs: 3.1, p95Ms: 3.1 },
    { action: 'getOsdConf', requests: 20, medianMs: 10, p95Ms: 19 },
  ]);
});

test('are those of the exchanges with the camera', async () => {
  await withCamera({}, async ({ camera }) => {
    const timings: Timings = new Map();
    camera.onCall({ after: (action, _, outcome) => noteTiming(timings, action, outcome) });
    for (let count = 0; count < 3; count += 1) await camera.call('getOsdConf', null);
    await camera.call('getNothing', null);
    const [only, ...others] = summariseTimings(timings);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ action: 'getOsdConf', requests: 3 });
    expect(only?.medianMs).toBeGreaterThan(0);
  });
});
