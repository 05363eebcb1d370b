/**
 * Works at several cameras at once: most of the time of each goes by waiting for packets. How many that are follows from the processor:
 * a stream that is looked at late is judged wrongly, so that where timers come late no camera more is begun.
 */
import { setTimeout as wait } from 'node:timers/promises';

export interface LaneOptions {
  /** jobs at once, where the processor has time for them */
  readonly most: number;
  /** a job more is begun after so long, in ms, when nothing came late meanwhile */
  readonly patienceMs?: number;
  /** a timer that is later than this, in ms, says that there are enough */
  readonly lateMs?: number;
}

/** However busy the processor is: a job that waits for others waits longer than one that goes on slowly. */
const LEAST = 2;
/** A timer of that many ms, again and again. */
const TICK_MS = 20;

/** Rejects with the first error; jobs that have begun by then go on. */
export async function inLanes<T>(
  jobs: readonly T[],
  work: (job: T) => Promise<void>,
  { most, patienceMs = 400, lateMs = 25 }: LaneOptions,
): Promise<void> {
  const waiting = [...jobs];
  const running = new Set<Promise<void>>();
  let broken: unknown;
  let isBroken = false;
  const begin = (job: T): void => {
    const done = work(job)
      .catch((error: unknown) => {
        broken ??= error;
        isBroken = true;
      })
      .finally(() => running.delete(done));
    running.add(done);
  };
  while (waiting.length > 0 && !isBroken) {
    const isFree = running.size < Math.min(LEAST, most) || (running.size < most && (await isPunctual(patienceMs, lateMs)));
    if (isFree) begin(waiting.shift() as T);
    else if (running.size >= most) await Promise.race(running);
  }
  await Promise.all(running);
  if (isBroken) throw broken;
}

/** Whether all timers of a while are on time. */
async function isPunctual(whileMs: number, lateMs: number): Promise<boolean> {
  const end = performance.now() + whileMs;
  for (let now = performance.now(); now < end; now = performance.now()) {
    await wait(TICK_MS);
    if (performance.now() - now > TICK_MS + lateMs) return false;
  }
  return true;
}
