/**
 * The runs before this one, for trends and flakiness: `allure-history.jsonl` in the reports folder, a line a run. Allure writes the
 * lines; they are kept here with what is needed of them, and given to Allure for the same camera only.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeReport } from './write-report.ts';

export const HISTORY = 'allure-history.jsonl';

/** Which run, and of which camera. */
export interface RunKey {
  /** when it started: a run that is reported again replaces itself */
  readonly run: string;
  readonly camera: string;
}

interface Point extends Partial<RunKey> {
  readonly testResults: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Runs of each camera. A report of 3,900 checks needs 0.3 s and 20 MB more for ten of them. */
const MOST_RUNS = 10;

/** The file's lines that can be read; a broken one is left out, for history is no reason to be without a report. */
async function readPoints(folder: string): Promise<readonly Point[]> {
  const text = await readFile(join(folder, HISTORY), 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const point = parsed(line);
    return point === null ? [] : [point];
  });
}

function parsed(line: string): Point | null {
  try {
    const value: unknown = JSON.parse(line);
    const isPoint = typeof value === 'object' && value !== null && 'testResults' in value && typeof value.testResults === 'object';
    return isPoint && value.testResults !== null ? (value as Point) : null;
  } catch {
    return null;
  }
}

/** The earlier runs of that camera, oldest first, as Allure reads them. */
export async function earlierRuns(folder: string, { run, camera }: RunKey): Promise<string> {
  const points = (await readPoints(folder)).filter((point) => point.camera === camera && point.run !== run);
  return points.map((point) => `${JSON.stringify(point)}\n`).join('');
}

/** Adds the run that Allure has written as the last line of `written`; the oldest of the same camera goes. */
export async function addRun(folder: string, key: RunKey, written: string): Promise<void> {
  const point = parsed(written.trimEnd().split('\n').at(-1) ?? '');
  if (point === null) return;
  const others = (await readPoints(folder)).filter(({ run, camera }) => run !== key.run || camera !== key.camera);
  const own = [...others.filter(({ camera }) => camera === key.camera), slim(point, key)].slice(-MOST_RUNS);
  const kept = [...others.filter(({ camera }) => camera !== key.camera), ...own];
  await writeReport(folder, HISTORY, kept.map((each) => `${JSON.stringify(each)}\n`).join(''));
}

/** What trends and histories are made of. With all that Allure writes, a report of ten runs would be seven times as large. */
const KEPT = ['id', 'historyId', 'status', 'start', 'stop', 'duration'];

function slim(point: Point, key: RunKey): Point {
  const testResults = Object.entries(point.testResults).map(([id, result]) => [
    id,
    { ...Object.fromEntries(KEPT.map((name) => [name, result[name]])), name: '', url: '', labels: [], reportLinks: [] },
  ]);
  return { ...point, ...key, testResults: Object.fromEntries(testResults) };
}
