/** How long the camera took for what it carried out, by action: refusals are quicker, and their share differs from run to run. */
import type { Outcome } from './outcome.ts';

/** Milliseconds of each request, from its last sending to the end of the reply. */
export type Timings = Map<string, number[]>;

export interface ActionTiming {
  readonly action: string;
  readonly requests: number;
  readonly medianMs: number;
  /** 95 of 100 requests took no longer */
  readonly p95Ms: number;
}

export function noteTiming(timings: Timings, action: string, outcome: Outcome): void {
  if (outcome.kind !== 'done') return;
  const { durationMs } = outcome.answer.exchange;
  const known = timings.get(action);
  if (known === undefined) timings.set(action, [durationMs]);
  else known.push(durationMs);
}

export const summariseTimings = (timings: Timings): ActionTiming[] =>
  [...timings]
    .map(([action, durations]) => {
      const sorted = durations.toSorted((a, b) => a - b);
      return { action, requests: sorted.length, medianMs: quantile(sorted, 0.5), p95Ms: quantile(sorted, 0.95) };
    })
    .sort((a, b) => (a.action < b.action ? -1 : 1));

/** The smallest of the sorted values that the given share does not exceed, to a tenth of a millisecond. */
const quantile = (sorted: readonly number[], share: number): number => {
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return Math.round(value * 10) / 10;
};
