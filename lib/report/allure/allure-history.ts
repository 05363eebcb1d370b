/**
 * The runs before this one, for trends and flakiness: `allure-history.jsonl` in the reports folder, a line a run. Allure writes the
 * lines; they are kept here with what is needed of them, and given to Allure for the same camera only.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeReport } from '../write-report.ts';

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

/** A run as it stands in the file: a line of about a megabyte. */
interface Line {
  readonly run: string | undefined;
  readonly camera: string | undefined;
  readonly text: string;
}

/** Runs of each camera. */
const MOST_RUNS = 10;

/** The file's lines that can be read; a broken one is left out, for history is no reason to be without a report. */
async function readLines(folder: string): Promise<readonly Line[]> {
  const text = await readFile(join(folder, HISTORY), 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const point = parsed(line);
    return point === null ? [] : [{ run: point.run, camera: point.camera, text: line }];
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

const joined = (lines: readonly Line[]): string => lines.map(({ text }) => `${text}\n`).join('');

/** The earlier runs of that camera, oldest first, as Allure reads them. */
export async function earlierRuns(folder: string, { run, camera }: RunKey): Promise<string> {
  const lines = (await readLines(folder)).filter((line) => line.camera === camera && line.run !== run);
  return joined(lines.map((line) => ({ ...line, text: whole(line.text) })));
}

/**
 * By the `historyId` of a run's results Allure finds those of the run before it: without, no chart has what changed between earlier
 * runs. It is the name that each result has here, and not kept twice.
 */
function whole(text: string): string {
  const point = JSON.parse(text) as Point;
  const testResults = Object.entries(point.testResults).map(([historyId, result]) => [historyId, { ...result, historyId }]);
  return JSON.stringify({ ...point, testResults: Object.fromEntries(testResults) });
}

/** Adds the run that Allure has written as the last line of `written`; the oldest of the same camera goes. */
export async function addRun(folder: string, key: RunKey, written: string): Promise<void> {
  const point = parsed(written.slice(written.lastIndexOf('\n', written.length - 2) + 1));
  if (point === null) return;
  const others = (await readLines(folder)).filter(({ run, camera }) => run !== key.run || camera !== key.camera);
  const own = [...others.filter(({ camera }) => camera === key.camera), { ...key, text: slim(point, key) }].slice(-MOST_RUNS);
  await writeReport(folder, HISTORY, joined([...others.filter(({ camera }) => camera !== key.camera), ...own]));
}

/** What trends and histories are made of. With all that Allure writes, a report of ten runs would be seven times as large. */
const KEPT = ['id', 'status', 'start', 'stop', 'duration'];

function slim(point: Point, key: RunKey): string {
  const testResults = Object.entries(point.testResults).map(([id, result]) => [id, Object.fromEntries(KEPT.map((name) => [name, result[name]]))]);
  return JSON.stringify({ ...point, ...key, testResults: Object.fromEntries(testResults) });
}
