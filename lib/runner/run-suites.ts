/** Runs the suites through vitest's programming interface, with the project's own reporter and Allure's. */
import { join } from 'node:path';
import AllureReporter from 'allure-vitest/reporter';
import { createVitest } from 'vitest/node';
import type { Results } from '../report/results.ts';
import { ConformanceReporter, type ReporterOptions, SUITES_PROJECT } from './reporter.ts';
import type { Settings } from './settings.ts';

/** Resolves with the results; null when vitest ran no suite at all. Errors of vitest itself reject. */
export async function runSuites(options: ReporterOptions): Promise<Results | null> {
  const reporter = new ConformanceReporter(options);
  const allure = new AllureReporter({ resultsDir: join(options.settings.reportsDir, 'allure-results') });
  const vitest = await createVitest('test', {
    run: true,
    watch: false,
    project: SUITES_PROJECT,
    reporters: [reporter, allure],
    passWithNoTests: true,
  });
  try {
    await vitest.start(filtersOf(options.settings));
    return reporter.results;
  } finally {
    await vitest.close();
  }
}

/** Beginnings of suite files: `suites/05-` for section 5. */
const filtersOf = ({ sections }: Settings): string[] =>
  sections === 'all' ? [] : sections.map((section) => `suites/${String(section).padStart(2, '0')}-`);
