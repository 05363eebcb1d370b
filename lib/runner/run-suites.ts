/** Runs the suites through vitest's programming interface, with the project's own reporter and Allure's. */
import { join } from 'node:path';
import { type CliOptions, createVitest, type Reporter, type Vitest } from 'vitest/node';
import type { Addresses } from '../execution/addresses.ts';
import type { Configuration } from '../execution/configuration.ts';
import { RESULTS } from '../report/allure/allure-report.ts';
import type { Results } from '../results/results.ts';
import { validWaivers } from '../results/waiver.ts';
import { allureReporter } from './allure-reporter.ts';
import { reportInBackground } from './report-in-background.ts';
import { ConformanceReporter, type ReporterOptions, TITLES } from './reporter.ts';
import { DocumentOrder } from './sequencer.ts';
import { ROOT, SUITES } from './suites-config.ts';

/** Resolves with the results; null when vitest ran no suite at all. Errors of vitest itself reject. */
export async function runSuites(options: ReporterOptions, embedded: Promise<Addresses> | null): Promise<Results | null> {
  const reporter = new ConformanceReporter(options);
  const { settings, withoutReport } = options;
  const report = withoutReport === null ? null : reportInBackground(settings.reportsDir);
  const resultsDir = join(settings.reportsDir, RESULTS);
  let unwritten: string | null = null;
  const noteUnwritten = (error: unknown): void => {
    const why = error instanceof Error ? error.message : String(error);
    unwritten ??= `Could not write ${resultsDir}: ${why}. The run is not affected.`;
  };
  const allure = report && allureReporter({ resultsDir, titles: TITLES, settings, report, noteUnwritten });
  const vitest = await openVitest(allure === null ? [reporter] : [reporter, allure]);
  try {
    const camera = await embedded;
    vitest.provide('embedded', camera === null ? null : { url: camera.url, rtspUrl: camera.rtspUrl });
    vitest.provide('waivers', validWaivers(options.waivers, options.today));
    // What runs is finished, and what was changed is put back, before vitest ends.
    options.interrupted?.addEventListener('abort', () => void vitest.cancelCurrentRun('keyboard-input'));
    if (options.interrupted?.aborted) return null;
    await vitest.start(filtersOf(settings));
    // The verdict is said by now.
    const problem = reporter.results === null ? null : (unwritten ?? (await report?.finish()));
    if (problem) withoutReport?.(problem);
    return reporter.results;
  } finally {
    await report?.end();
    await vitest.close();
  }
}

/** vitest with the suites alone: reading the whole configuration with its other projects would take a second longer. */
export async function openVitest(reporters: Reporter[]): Promise<Vitest> {
  const config: CliOptions = {
    ...SUITES,
    include: [...SUITES.include],
    root: ROOT,
    config: false,
    run: true,
    watch: false,
    reporters,
    passWithNoTests: true,
    sequence: { sequencer: DocumentOrder },
    experimental: { fsModuleCache: true },
  };
  const own = SIGNALS.map((signal) => [signal, process.listeners(signal)] as const);
  const vitest = await createVitest('test', config);
  // vitest ends the process a millisecond after a signal, with the camera as it is then; whoever runs it decides that.
  for (const [signal, before] of own) {
    for (const listener of process.listeners(signal)) if (!before.includes(listener)) process.off(signal, listener);
  }
  return vitest;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Beginnings of suite files: `suites/05-` for section 5. */
const filtersOf = ({ sections }: Configuration): string[] =>
  sections === 'all' ? [] : sections.map((section) => `suites/${String(section).padStart(2, '0')}-`);
