/**
 * Actions that take longer than before. A difference counts when it is large by itself and beside what it was, and when there were
 * requests enough to tell: a camera that answers in 2 ms instead of 1 has not become slow, nor one that was busy once.
 */
import type { ActionTiming } from '../../camera/timings.ts';
import type { Results } from '../../results/results.ts';
import { pairUp } from './pair-up.ts';

export interface Thresholds {
  /** how many times as long as before */
  readonly factor: number;
  /** and by how many milliseconds */
  readonly leastMs: number;
  /** requests that each run must have made */
  readonly leastRequests: number;
}

export const THRESHOLDS: Thresholds = { factor: 1.5, leastMs: 50, leastRequests: 5 };
/** With fewer requests the 95th percentile is the slowest one. */
const LEAST_FOR_P95 = 20;

export interface TimingChange {
  readonly action: string;
  readonly before: ActionTiming;
  readonly after: ActionTiming;
  /** what differs */
  readonly by: readonly ('median' | 'p95')[];
}

export interface TimingChanges {
  readonly slower: readonly TimingChange[];
  readonly faster: readonly TimingChange[];
  /** actions with requests enough in both runs; null: results of an earlier version of the suite have no timings */
  readonly compared: number | null;
}

export function timingChanges(before: Results, after: Results, thresholds: Thresholds): TimingChanges {
  if (before.timings.length === 0 || after.timings.length === 0) return { slower: [], faster: [], compared: null };
  const pairs = pairUp(before.timings, after.timings, ({ action }) => action).kept.filter(
    ([then, now]) => Math.min(then.requests, now.requests) >= thresholds.leastRequests,
  );
  const slower = pairs.flatMap(([then, now]) => compare(then, now, (a, b) => isMore(a, b, thresholds)));
  const faster = pairs.flatMap(([then, now]) => compare(then, now, (a, b) => isMore(b, a, thresholds)));
  const byMedian = (a: TimingChange, b: TimingChange): number => distance(b) - distance(a);
  return { slower: slower.toSorted(byMedian), faster: faster.toSorted(byMedian), compared: pairs.length };
}

const distance = ({ before, after }: TimingChange): number => Math.abs(after.medianMs - before.medianMs);

const isMore = (then: number, now: number, { factor, leastMs }: Thresholds): boolean => now >= then * factor && now - then >= leastMs;

function compare(before: ActionTiming, after: ActionTiming, differs: (before: number, after: number) => boolean): readonly TimingChange[] {
  const enough = Math.min(before.requests, after.requests) >= LEAST_FOR_P95;
  const by = [
    ...(differs(before.medianMs, after.medianMs) ? (['median'] as const) : []),
    ...(enough && differs(before.p95Ms, after.p95Ms) ? (['p95'] as const) : []),
  ];
  return by.length === 0 ? [] : [{ action: after.action, before, after, by }];
}
