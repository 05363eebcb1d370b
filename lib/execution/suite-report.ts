/** What a suite has to say when it is done, beside the verdicts of its checks. Plain data: it crosses the border of a worker. */
import type { Results } from '../results/results.ts';
import type { Judged } from './judged.ts';

export interface SuiteReport {
  readonly camera: Results['camera'];
  readonly traffic: Results['traffic'];
  readonly wear: Results['wear'];
  /** those that no suite before it saw */
  readonly parameters: Results['parameters'];
  /** of the run so far */
  readonly timings: Results['timings'];
  readonly restore: Results['restore'];
  readonly fault: string | null;
  readonly errata: readonly string[];
  readonly notices: readonly string[];
  /** verdicts that stand in for those of the same checks when they ran first */
  readonly repeated: readonly Judged[];
}
