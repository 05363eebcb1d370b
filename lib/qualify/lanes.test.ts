import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inLanes } from './lanes.ts';

const JOBS = Array.from({ length: 8 }, (_, index) => index);
/** So long that no machine that runs tests is later. */
const NEVER_LATE = 10_000;

/** How many were worked at at once, at the most, and all that were. */
async function watched(options: Parameters<typeof inLanes>[2], busyMs = 0): Promise<{ readonly most: number; readonly done: readonly number[] }> {
  const done: number[] = [];
  let now = 0;
  let most = 0;
  await inLanes(
    JOBS,
    async (job) => {
      now += 1;
      most = Math.max(most, now);
      for (let step = 0; step < 5; step++) {
        await wait(10);
        const until = performance.now() + busyMs;
        while (performance.now() < until);
      }
      now -= 1;
      done.push(job);
    },
    options,
  );
  return { most, done };
}

test('works at as many jobs as it may while the processor keeps up, and at every one once', async () => {
  const { most, done } = await watched({ most: 4, patienceMs: 1, lateMs: NEVER_LATE });
  expect(most).toBeGreaterThan(2);
  expect(most).toBeLessThanOrEqual(4);
  expect(done.toSorted((a, b) => a - b)).toEqual(JOBS);
});

test('begins no more than two where the processor is late', async () => {
  const { most, done } = await watched({ most: 8, patienceMs: 60, lateMs: 5 }, 30);
  expect(most).toBe(2);
  expect(done).toHaveLength(JOBS.length);
});

test('says what went wrong, and begins nothing more', async () => {
  const begun: number[] = [];
  const broken = inLanes(
    JOBS,
    async (job) => {
      begun.push(job);
      await wait(5);
      if (job === 1) throw new Error('planted');
    },
    { most: 2 },
  );
  await expect(broken).rejects.toThrow('planted');
  expect(begun.length).toBeLessThan(JOBS.length);
});
