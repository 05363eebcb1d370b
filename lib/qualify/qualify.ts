/** Plants every defect, runs every model, and puts together what was found. */

import { BY_HAND } from '../emulator/defects/by-hand/index.ts';
import type { Defect } from '../emulator/defects/defect.ts';
import { sectionOfDefect } from '../emulator/defects/defect.ts';
import { allDefects } from '../emulator/defects/index.ts';
import { MODELS } from '../emulator/models.ts';
import { collectChecks } from '../execution/load-suites.ts';
import { suiteVersion } from '../report/suite-version.ts';
import type { Answer, Job } from './job.ts';
import { QUALIFICATION_VERSION, type Qualification, scoreOf } from './qualification.ts';
import type { DefectResult } from './run-defect.ts';
import type { ModelResult } from './run-model.ts';
import { runJobs } from './workers.ts';

export interface Selection {
  /** what is left out, in words; null: nothing */
  readonly part: string | null;
  readonly defects: readonly Defect[];
  readonly models: readonly string[];
  /** slugs of the sections whose checks must all have been seen to fail */
  readonly proven: ReadonlySet<string>;
}

export const everything = (): Selection => {
  const defects = allDefects();
  return { part: null, defects, models: MODELS.map(({ id }) => id), proven: new Set(defects.map(sectionOfDefect)) };
};

/** Small enough that no process waits long for the last one. */
const DEFECTS_PER_JOB = 40;

export interface Progress {
  readonly done: number;
  readonly all: number;
  readonly caught: number;
}

export async function qualify({ part, defects, models, proven }: Selection, onProgress: (progress: Progress) => void): Promise<Qualification> {
  const startedAt = new Date();
  const byId = new Map(defects.map((defect) => [defect.id, defect]));
  const results: DefectResult[] = [];
  const ofModels: ModelResult[] = [];
  const broken: string[] = [];
  await runJobs(jobsFor(defects, models), (answer) => {
    take(answer, { results, ofModels, broken });
    onProgress({ done: results.length, all: defects.length, caught: results.filter(({ result }) => result === 'caught').length });
  });
  const caught = results.filter(({ result }) => result === 'caught');
  const isByHand = new Set(BY_HAND.map(({ id }) => id));
  const seen = new Set(results.flatMap(({ seenBy }) => seenBy));
  const about = ({ id }: DefectResult) => ({ id, does: byId.get(id)?.does ?? '' });
  return {
    schemaVersion: QUALIFICATION_VERSION,
    score: scoreOf(caught.length, defects.length),
    defects: defects.length,
    caught: caught.length,
    byHand: { defects: defects.filter(({ id }) => isByHand.has(id)).length, caught: caught.filter(({ id }) => isByHand.has(id)).length },
    missed: results
      .filter(({ result }) => result === 'missed')
      .map((each) => ({ ...about(each), reason: byId.get(each.id)?.unseen ?? null }))
      .toSorted(byName),
    elsewhere: results
      .filter(({ result }) => result === 'elsewhere')
      .map((each) => ({ ...about(each), seenBy: [...each.seenBy] }))
      .toSorted(byName),
    models: ofModels.map(({ summary }) => summary).toSorted((one, other) => models.indexOf(one.id) - models.indexOf(other.id)),
    falseAlarms: ofModels.flatMap(({ falseAlarms }) => falseAlarms),
    checksWithoutDefect: (await checksOf(proven)).filter((id) => !seen.has(id)),
    errors: [...broken, ...results.flatMap(({ id, errors }) => errors.map((error) => `${id}: ${error}`))],
    part,
    suiteVersion: suiteVersion(),
    measuredAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
  };
}

const byName = (one: { readonly id: string }, other: { readonly id: string }): number => one.id.localeCompare(other.id);

/** The models first: each is one long job. */
function jobsFor(defects: readonly Defect[], models: readonly string[]): readonly Job[] {
  const jobs: Job[] = models.map((id) => ({ kind: 'model', id }));
  for (let at = 0; at < defects.length; at += DEFECTS_PER_JOB) {
    jobs.push({ kind: 'defects', ids: defects.slice(at, at + DEFECTS_PER_JOB).map(({ id }) => id) });
  }
  return jobs;
}

interface Found {
  readonly results: DefectResult[];
  readonly ofModels: ModelResult[];
  readonly broken: string[];
}

function take(answer: Answer, { results, ofModels, broken }: Found): void {
  if (answer.kind === 'defects') results.push(...answer.results);
  else if (answer.kind === 'model') ofModels.push(answer.result);
  else if (answer.kind === 'broken') broken.push(answer.message);
}

/** A note is never judged: it cannot fail. */
const checksOf = async (sections: ReadonlySet<string>): Promise<readonly string[]> =>
  (await collectChecks()).filter(({ id, level }) => level !== 'note' && sections.has(id.slice(0, id.indexOf('/')))).map(({ id }) => id);
