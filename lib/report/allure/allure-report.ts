/**
 * `allure-report/` out of `allure-results/`: one HTML file, which can be opened from the disk and sent by mail, and which asks no
 * other host for anything. The only place that knows the package allure, whose parts are reached through it.
 */
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseResults, type Results } from '../../results/results.ts';
import { suiteVersion } from '../suite-version.ts';
import { CATEGORIES } from './allure-categories.ts';
import { formatEnvironment } from './allure-environment.ts';
import { addRun, earlierRuns, type RunKey } from './allure-history.ts';
import { AllurePageWriter } from './allure-page-writer.ts';

export const RESULTS = 'allure-results';
export const REPORT = 'allure-report';
const PAGE = 'index.html';

/** What is used of the packages that allure itself is made of. */
interface Report {
  start(): Promise<void>;
  readFile(path: string): Promise<void>;
  done(): Promise<void>;
}
interface Core {
  readonly AllureReport: new (config: object) => Report;
}
interface Awesome {
  readonly default: new (options: object) => unknown;
}

async function part<T>(name: '@allurereport/core' | '@allurereport/plugin-awesome'): Promise<T> {
  const allure = createRequire(createRequire(import.meta.url).resolve('allure'));
  return (await import(pathToFileURL(allure.resolve(name)).href)) as T;
}

const TITLE = 'Camera conformance';
const CHARTS = [
  { type: 'currentStatus', title: 'This run' },
  { type: 'statusDynamics', title: 'Verdicts from run to run' },
  { type: 'statusTransitions', title: 'What changed from run to run' },
  {
    type: 'testResultSeverities',
    title: 'Verdicts by level: critical is must, minor is should',
    levels: ['critical', 'minor', 'trivial'],
    statuses: ['passed', 'failed', 'broken', 'skipped'],
    includeUnset: false,
  },
  { type: 'stabilityDistribution', title: 'Stability by section', skipStatuses: ['skipped', 'unknown'], threshold: 90, groupBy: 'epic' },
  { type: 'durations', title: 'Durations', groupBy: 'none' },
  { type: 'durationDynamics', title: 'Durations from run to run' },
];
/** Files that are read at once. */
const LANES = 16;

const cameraOf = ({ camera }: Pick<Results, 'camera'>): string => camera.deviceId ?? camera.mac ?? camera.url ?? '';

/** A report in the making. Results can be read while others are still being written. */
export interface ReportInTheMaking {
  /** Reads files of the results folder. */
  read(names: readonly string[]): Promise<void>;
  /** Reads what was not read yet, `results.json` with it, and writes the report; returns its path. */
  finish(): Promise<string>;
}

/**
 * @param folder the reports folder
 * @param camera whose earlier runs are shown, as `results.json` names it; null: the one that it names now
 */
export async function beginReport(folder: string, camera: Results['camera'] | null): Promise<ReportInTheMaking> {
  const results = camera === null ? await readResults(folder) : null;
  const key: RunKey = { run: results?.startedAt ?? '', camera: cameraOf(results ?? { camera: camera as Results['camera'] }) };
  const { AllureReport } = await part<Core>('@allurereport/core');
  const { default: AwesomePlugin } = await part<Awesome>('@allurereport/plugin-awesome');
  const workplace = await mkdtemp(join(tmpdir(), 'conformance-report-'));
  const history = join(workplace, 'history.jsonl');
  // A run that is ended at once ends this process, too.
  const forget = (): void => rmSync(workplace, { recursive: true, force: true });
  process.once('exit', forget);
  const page = new AllurePageWriter(workplace);
  await writeFile(history, await earlierRuns(folder, key));
  const options = { reportLanguage: 'en', groupBy: ['epic', 'feature', 'story'], charts: CHARTS, sections: ['charts', 'timeline'] };
  const report = new AllureReport({
    name: TITLE,
    cwd: workplace,
    output: page.output,
    historyPath: history,
    reportFiles: page,
    plugins: [{ id: 'awesome', enabled: true, options, plugin: new AwesomePlugin(options) }],
    categories: { rules: CATEGORIES },
  });
  await report.start();
  const known = new Set<string>();
  const source = join(folder, RESULTS);
  const read = async (names: readonly string[]): Promise<void> => {
    const left = names.filter((name) => !known.has(name));
    for (const name of left) known.add(name);
    await Promise.all(
      Array.from({ length: LANES }, async () => {
        for (let name = left.pop(); name !== undefined; name = left.pop()) await report.readFile(join(source, name));
      }),
    );
  };
  return {
    read,
    finish: async () => {
      try {
        const final = results ?? (await readResults(folder));
        await writeFile(join(source, 'environment.properties'), formatEnvironment(final, suiteVersion()));
        await read(await readdir(source));
        await report.done();
        const file = await place(page, join(folder, REPORT), final.startedAt);
        await addRun(folder, { run: final.startedAt, camera: cameraOf(final) }, await readFile(history, 'utf8'));
        return file;
      } finally {
        page.close();
        process.off('exit', forget);
        forget();
      }
    },
  };
}

const readResults = async (folder: string): Promise<Results> => {
  const file = join(folder, 'results.json');
  return parseResults(await readFile(file, 'utf8'), file);
};

/** Puts the page where the report of the run before was, so that a reader sees either page whole. */
async function place(page: AllurePageWriter, folder: string, run: string): Promise<string> {
  const file = join(folder, PAGE);
  await mkdir(folder, { recursive: true });
  const beside = `${file}.tmp`;
  await page.write(beside, run);
  await rename(beside, file);
  return file;
}
