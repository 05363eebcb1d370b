/** What suites tell the reporter, across the worker's border: plain data on vitest's tasks. */
import type { CheckIdentity } from '../checks/check.ts';
import type { Step } from '../evidence/check-evidence.ts';
import type { Judged } from '../execution/verdict.ts';
import type { CheckResult, Results, Waiver } from '../results/results.ts';
import type { EmbeddedCamera } from './global-setup.ts';

/** What one suite file has to say when it is done. */
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

declare module 'vitest' {
  interface TaskMeta {
    /** known when the test is collected */
    check?: CheckIdentity;
    /** known when it ran */
    result?: Omit<CheckResult, 'durationMs'>;
    /** how many requests the run had made when it ended */
    requests?: number;
    /** what it did, where a report is made of it */
    evidence?: readonly Step[];
    /** on the file, when all of it ran */
    suite?: SuiteReport;
  }
  interface ProvidedContext {
    embedded: EmbeddedCamera | null;
    /** those that have not expired */
    waivers: readonly Waiver[];
  }
}
