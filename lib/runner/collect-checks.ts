/** The identity of every check that the suite files register, without running any. */
import type { CheckIdentity } from '../checks/check.ts';
import { openVitest } from './run-suites.ts';

export async function collectChecks(): Promise<readonly CheckIdentity[]> {
  const vitest = await openVitest([]);
  try {
    const { testModules } = await vitest.collect();
    const broken = testModules.flatMap((module) => module.errors().map((error) => `${module.relativeModuleId}: ${error.message}`));
    if (broken.length > 0) throw new Error(`Could not collect the checks: ${broken.join('; ')}`);
    return testModules.flatMap((module) => [...module.children.allTests()]).flatMap((test) => test.meta().check ?? []);
  } finally {
    await vitest.close();
  }
}
