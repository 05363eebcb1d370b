/** The good cameras that somebody else made: how many of them are judged as they deserve, and what is held against the others. */
import type { Answer, Job } from './job.ts';
import type { GoodResult } from './run-good.ts';
import { runJobs } from './workers.ts';

export interface GoodScore {
  readonly part: string;
  readonly cameras: number;
  readonly results: readonly GoodResult[];
  readonly errors: readonly string[];
  readonly durationMs: number;
}

/** Most of the time of each goes by waiting. */
const PER_JOB = 3;

export async function judgeGood(
  part: string,
  ids: readonly string[],
  onResult: (result: GoodResult, done: number) => void,
  workers?: number,
): Promise<GoodScore> {
  const startedAt = Date.now();
  const results: GoodResult[] = [];
  const errors: string[] = [];
  const jobs: Job[] = [];
  for (let at = 0; at < ids.length; at += PER_JOB) jobs.push({ kind: 'good', ids: ids.slice(at, at + PER_JOB) });
  const take = (answer: Answer): void => {
    if (answer.kind === 'broken') errors.push(answer.message);
    if (answer.kind !== 'good') return;
    for (const result of answer.results) {
      results.push(result);
      onResult(result, results.length);
    }
  };
  await runJobs(jobs, take, workers);
  return { part, cameras: ids.length, results, errors, durationMs: Date.now() - startedAt };
}

/** One camera in lines: how it was judged, and what was said where that is not what it deserves. */
export const formatGoodResult = ({ id, wrong, found, durationMs }: GoodResult): string =>
  [
    `${id}: ${wrong ?? 'as it deserves'} (${(durationMs / 1000).toFixed(1)} s)`,
    ...(wrong === null ? [] : found.map(({ complaint }) => `    ${complaint.slice(0, LONGEST)}`)),
  ].join('\n');

const LONGEST = 400;

/** The sum. */
export function formatGoodScore({ cameras, results, errors, durationMs }: GoodScore): string {
  const wrong = results.filter((each) => each.wrong !== null);
  return [
    ...errors,
    `Cameras  ${results.length - wrong.length} of ${cameras} judged as they deserve`,
    `Time     ${(durationMs / 1000).toFixed(1)} s`,
  ].join('\n');
}
