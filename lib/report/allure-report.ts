/**
 * `allure-report/` out of `allure-results/`: one HTML file, which can be opened from the disk and sent by mail, and which asks no
 * other host for anything. The only place that knows the package allure, whose parts are reached through it.
 */
import { copyFile, mkdir, mkdtemp, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CATEGORIES } from './allure-categories.ts';
import { formatEnvironment } from './allure-environment.ts';
import { addRun, earlierRuns, type RunKey } from './allure-history.ts';
import { finishPage } from './allure-page.ts';
import { parseResults, type Results } from './results.ts';
import { suiteVersion } from './suite-version.ts';

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
  const output = join(workplace, 'report');
  await writeFile(history, await earlierRuns(folder, key));
  const options = { singleFile: true, reportLanguage: 'en', groupBy: ['epic', 'feature', 'story'], charts: CHARTS, sections: ['charts', 'timeline'] };
  const report = new AllureReport({
    name: TITLE,
    cwd: workplace,
    output,
    historyPath: history,
    reportFiles: { addFile: (path: string, data: Buffer) => addFile(join(output, path), data) },
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
        const page = await place(output, join(folder, REPORT));
        await addRun(folder, { run: final.startedAt, camera: cameraOf(final) }, await readFile(history, 'utf8'));
        return page;
      } finally {
        await rm(workplace, { recursive: true, force: true });
      }
    },
  };
}

const readResults = async (folder: string): Promise<Results> => {
  const file = join(folder, 'results.json');
  return parseResults(await readFile(file, 'utf8'), file);
};

/** The page, and files by which other programs read the report. */
async function addFile(path: string, data: Buffer): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'w');
  try {
    for (const each of path.endsWith('index.html') ? finishPage(data) : [data]) await file.writeFile(each);
  } finally {
    await file.close();
  }
  return path;
}

/** Puts the page where the report of the run before was. */
async function place(output: string, target: string): Promise<string> {
  const page = join(target, PAGE);
  await mkdir(target, { recursive: true });
  // The folder for temporary files may be another disk: copied beside it first, so that a reader sees either page whole.
  const beside = `${page}.tmp`;
  await copyFile(join(output, PAGE), beside).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new Error('Allure made no page of these results.') : error;
  });
  await rename(beside, page);
  return page;
}
