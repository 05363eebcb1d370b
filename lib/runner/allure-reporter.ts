/**
 * Allure's reporter for vitest, with what a check has to show. Its own way is to write some thousand files when the run is over, and
 * to wait for the disk after each; here each suite's files are written when the suite is done, in the background and one result at a
 * time, while the next suite is loaded by this thread and waits for the camera.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as breath } from 'node:timers/promises';
import AllureReporter from 'allure-vitest/reporter';
import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node';
import type { Configuration } from '../execution/configuration.ts';
import { type AllureResult, type Described, describeResult } from '../report/allure/allure-result.ts';
import { reproduce } from '../report/repeat/reproduce.ts';
import { sectionOf } from '../results/results.ts';
import { repeatFlags } from './repeat-flags.ts';
import type { BackgroundReport } from './report-in-background.ts';
import { SUITES_PROJECT } from './suites-config.ts';

/** The part of allure-js-commons' writer that is replaced; its own flushes (fsync) each file: 2.8 s for 3,800 results, 0.3 s without. */
interface Writer {
  writeResult(result: AllureResult): void;
  writeAttachment(name: string, content: Uint8Array): void;
}

export interface AllureReporterOptions {
  readonly resultsDir: string;
  /** titles of the sections by their numbers */
  readonly titles: ReadonlyMap<string, string>;
  readonly settings: Configuration;
  /** told of each suite that is done, and of each file that is on the disk */
  readonly report: Pick<BackgroundReport, 'begin' | 'add'>;
  /** told of what could not be written, when the run is over: a run does not fail for its report */
  readonly noteUnwritten: (error: unknown) => void;
}

/** Files that are open at once. */
const LANES = 8;
const EXTENSIONS = { 'text/plain': 'txt', 'image/jpeg': 'jpg', 'image/bmp': 'bmp' } as const;

export function allureReporter({ resultsDir, titles, settings, report, noteUnwritten }: AllureReporterOptions): Reporter {
  const reporter = new AllureReporter({ resultsDir });
  const lanes: Promise<void>[] = Array.from({ length: LANES }, () => Promise.resolve());
  let turn = 0;
  const write = (name: string, content: string | Uint8Array): void => {
    turn = (turn + 1) % LANES;
    const written = (lanes[turn] ?? Promise.resolve()).then(() => writeFile(join(resultsDir, name), content)).then(() => report.add(name));
    // Awaited when the run is over; until then a full disk must not end the process.
    written.catch(() => undefined);
    lanes[turn] = written;
  };
  const keep = ({ type, content }: { type: keyof typeof EXTENSIONS; content: string | Uint8Array }): string => {
    const name = `${randomUUID()}-attachment.${EXTENSIONS[type]}`;
    write(name, content);
    return name;
  };
  let checks: ReadonlyMap<string, Described> = new Map();
  const handOver = async (tests: readonly TestCase[], described: ReadonlyMap<string, Described>): Promise<void> => {
    checks = described;
    for (const test of tests) {
      reporter.onTestRunEnd([test as unknown as TestModule]);
      await breath();
    }
  };
  let handedOver = Promise.resolve();
  return {
    onInit: () => {
      // It would give each project a runner and a setup file of its own, for steps that suites tell it of while they run; none does.
      reporter.onInit({ projects: [] } as unknown as Vitest);
      const { allureReporterRuntime } = reporter as unknown as { allureReporterRuntime: { writer: Writer } };
      mkdirSync(resultsDir, { recursive: true });
      Object.assign(allureReporterRuntime.writer, {
        writeResult: (result) => {
          const described = checks.get(result.name ?? '');
          if (described !== undefined) describeResult(result, described, keep);
          write(`${result.uuid}-result.json`, JSON.stringify(result));
        },
        writeAttachment: (name, content) => write(name, content),
      } satisfies Writer);
    },
    onTestModuleEnd: (module) => {
      if (module.project.name !== SUITES_PROJECT) return;
      report.begin(module.meta().suite?.camera ?? null);
      const [tests, described] = [[...module.children.allTests()], describedIn(module, titles, settings)];
      handedOver = handedOver.then(() => handOver(tests, described));
      handedOver.catch(() => undefined);
    },
    onTestRunEnd: async () => {
      await handedOver.then(() => Promise.all(lanes)).catch(noteUnwritten);
    },
  };
}

/** The checks of a suite that ran, by the names that allure-vitest gives their results; what they hold is not needed any more. */
function describedIn(module: TestModule, titles: ReadonlyMap<string, string>, settings: Configuration): ReadonlyMap<string, Described> {
  const checks = new Map<string, Described>();
  const repeated = new Map(module.meta().suite?.repeated.map((judged) => [judged.id, judged]));
  for (const test of module.children.allTests()) {
    const meta = test.meta();
    const { result, evidence: steps = [] } = meta;
    delete meta.evidence;
    if (result === undefined) continue;
    const check = repeated.get(result.id) ?? result;
    const number = sectionOf(check);
    const isJudged = check.verdict !== 'pass' && check.verdict !== 'skip';
    const repeat = isJudged ? reproduce({ ...check, durationMs: 0 }, repeatFlags(settings, meta.check)) : null;
    checks.set(test.name, { check, section: `${number} ${titles.get(number) ?? ''}`.trim(), steps, repeat });
  }
  return checks;
}
