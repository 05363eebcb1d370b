/** The score of the blind defects: how many of those that somebody else wrote, or a machine made, are noticed, and which are not. */
import { type BlindDefect, sectionOfBlind } from '../emulator/defects/blind/blind-defect.ts';
import type { Answer, Job } from './job.ts';
import { scoreOf } from './qualification.ts';
import type { BlindResult } from './run-blind.ts';
import { runJobs } from './workers.ts';

export interface Survivor {
  readonly id: string;
  readonly does: string;
  readonly breaks: string;
  readonly level: BlindDefect['level'];
  /** why nobody outside the camera can see it, where that is so */
  readonly reason: string | null;
  readonly verdict: BlindResult['verdict'];
  readonly seenBy: readonly string[];
}

export interface BlindScore {
  readonly part: string;
  readonly defects: number;
  readonly caught: number;
  /** noticed by checks of the section that do not claim the clause */
  readonly elsewhere: readonly Survivor[];
  readonly missed: readonly Survivor[];
  /** what the document demands and the suite only warned of */
  readonly warnedOnly: readonly Survivor[];
  /** in percent, noticed anywhere in the section; never rounded up */
  readonly score: number;
  readonly bySection: Readonly<Record<string, { readonly defects: number; readonly noticed: number }>>;
  readonly errors: readonly string[];
  readonly durationMs: number;
}

const PER_JOB = 15;

export async function scoreBlindly(
  part: string,
  defects: readonly BlindDefect[],
  onProgress: (done: number, results: readonly BlindResult[]) => void,
  workers?: number,
): Promise<BlindScore> {
  const startedAt = Date.now();
  const results: BlindResult[] = [];
  const broken: string[] = [];
  const jobs: Job[] = [];
  for (let at = 0; at < defects.length; at += PER_JOB) jobs.push({ kind: 'blind', ids: defects.slice(at, at + PER_JOB).map(({ id }) => id) });
  const take = (answer: Answer): void => {
    if (answer.kind === 'blind') results.push(...answer.results);
    else if (answer.kind === 'broken') broken.push(answer.message);
    onProgress(results.length, results);
  };
  await runJobs(jobs, take, workers);
  return {
    part,
    ...summed(defects, results),
    errors: [...broken, ...results.flatMap(({ id, errors }) => errors.map((error) => `${id}: ${error}`))],
    durationMs: Date.now() - startedAt,
  };
}

export function summed(defects: readonly BlindDefect[], results: readonly BlindResult[]): Omit<BlindScore, 'part' | 'errors' | 'durationMs'> {
  const byId = new Map(defects.map((defect) => [defect.id, defect]));
  const told = (wanted: (result: BlindResult, defect: BlindDefect) => boolean): readonly Survivor[] =>
    results
      .flatMap((result): Survivor[] => {
        const defect = byId.get(result.id);
        if (defect === undefined || !wanted(result, defect)) return [];
        const { id, does, breaks, level, unseen = null } = defect;
        return [{ id, does, breaks, level, reason: unseen, verdict: result.verdict, seenBy: result.seenBy }];
      })
      .toSorted((one, other) => one.id.localeCompare(other.id));
  const sections = new Map<string, { defects: number; noticed: number }>();
  for (const result of results) {
    const defect = byId.get(result.id);
    if (defect === undefined) continue;
    const of = sections.get(sectionOfBlind(defect)) ?? { defects: 0, noticed: 0 };
    of.defects += 1;
    if (result.result !== 'missed') of.noticed += 1;
    sections.set(sectionOfBlind(defect), of);
  }
  const noticed = results.filter(({ result }) => result !== 'missed').length;
  return {
    defects: results.length,
    caught: results.filter(({ result }) => result === 'caught').length,
    elsewhere: told(({ result }) => result === 'elsewhere'),
    missed: told(({ result }) => result === 'missed'),
    warnedOnly: told(({ verdict }, { level }) => level === 'must' && verdict === 'warn'),
    score: scoreOf(noticed, results.length),
    bySection: Object.fromEntries(sections),
  };
}

/** In lines: the sums, then what was not noticed. */
export function formatBlindScore({ score, defects, caught, elsewhere, missed, warnedOnly, errors, durationMs }: BlindScore): string {
  const told = (title: string, survivors: readonly Survivor[]): readonly string[] =>
    survivors.map(
      ({ id, does, reason, seenBy }) =>
        `${title} ${id}\n         ${does}${reason === null ? '' : ` (${reason})`}${seenBy.length === 0 ? '' : `; said by ${seenBy.slice(0, 3).join(', ')}`}`,
    );
  return [
    ...told('Missed  ', missed),
    `Score    ${score} %: ${defects - missed.length} of ${defects} noticed, ${caught} by checks of the clause that is broken`,
    `Missed   ${missed.length}, ${missed.filter(({ reason }) => reason !== null).length} of them with the reason why nobody can see them`,
    `Others   ${elsewhere.length} noticed by other checks of the section, ${warnedOnly.length} that are required only warned of, ${errors.length} faults of the suite itself`,
    `Time     ${(durationMs / 1000).toFixed(1)} s`,
  ].join('\n');
}
