/** What suites tell the reporter, across the worker's border: plain data on vitest's tasks. */
import type { CheckIdentity } from '../checks/check.ts';
import type { Step } from '../evidence/check-evidence.ts';
import type { Addresses } from '../execution/addresses.ts';
import type { SuiteReport } from '../execution/suite-report.ts';
import type { CheckResult, Waiver } from '../results/results.ts';

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
    embedded: Addresses | null;
    /** those that have not expired */
    waivers: readonly Waiver[];
  }
}
