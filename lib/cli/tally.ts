/** Counts the tests in what vitest's JSON reporter wrote. */
import { z } from 'zod';

const reportSchema = z.object({
  success: z.boolean(),
  numPassedTests: z.number().int(),
  numFailedTests: z.number().int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/**
 * Tests passed and failed. A file that could not be loaded holds no tests and counts as one failure, and so does a run that failed
 * without any test failing (an unhandled rejection) or that ran no test at all.
 */
export function tallyOf(report: unknown): Tally {
  const { success, numPassedTests, numFailedTests, testResults } = reportSchema.parse(report);
  const unloaded = testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length;
  const failed = numFailedTests + unloaded;
  const silent = failed === 0 && (!success || numPassedTests === 0);
  return { passed: numPassedTests, failed: silent ? 1 : failed };
}

export const formatTally = ({ passed, failed }: Tally): string => `${passed} passed, ${failed} failed`;
