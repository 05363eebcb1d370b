/** What came of a check: its result, but for how long it took. */
import type { CheckResult } from '../results/results.ts';

export type Judged = Omit<CheckResult, 'durationMs'>;

export const isAgainstCamera = ({ verdict }: Pick<Judged, 'verdict'>): boolean => verdict === 'fail' || verdict === 'warn';
