/** Plants every defect, runs every model, and puts together what was found. */

import { BY_HAND } from '../emulator/defects/by-hand/index.ts';
import type { Defect } from '../emulator/defects/defect.ts';
import { sectionOfDefect } from '../emulator/defects/defect.ts';
import { allDefects } from '../emulator/defects/index.ts';
import { drawBriskCameras } from '../emulator/freedoms/index.ts';
import { FIELD_MODELS, MODELS } from '../emulator/models.ts';
import { BLIND_TRAITS } from '../emulator/traits/blind/index.ts';
import { collectChecks } from '../execution/load-suites.ts';
import { suiteVersion } from '../report/suite-version.ts';
import type { Answer, Job } from './job.ts';
import { QUALIFICATION_VERSION, type Qualification, scoreOf } from './qualification.ts';
import type { DefectResult } from './run-defect.ts';
import type { GoodResult } from './run-good.ts';
import type { ModelResult } from './run-model.ts';
import { draw } from './sample.ts';
import { runJobs } from './workers.ts';

export interface Selection {
  /** what is left out, in words; null: nothing */
  readonly part: string | null;
  readonly defects: readonly Defect[];
  readonly models: readonly string[];
  /** ids of traits, and of drawn cameras, that were made blindly */
  readonly blindTraits: readonly string[];
  readonly drawn: readonly string[];
  /** slugs of the sections whose checks must all have been seen to fail */
  readonly proven: ReadonlySet<string>;
}

export const everything = (): Selection => {
  const defects = allDefects();
  return {
    part: null,
    defects,
    models: [...MODELS, ...AS_PEOPLE_HAVE_THEM].map(({ id }) => id),
    blindTraits: BLIND_TRAITS.map(({ id }) => id),
    drawn: draw(
      drawBriskCameras(SEED).map(({ id }) => id),
      DRAWN,
      SEED,
    ),
    proven: new Set(defects.map(sectionOfDefect)),
  };
};

const AS_PEOPLE_HAVE_THEM = FIELD_MODELS.filter(({ expectedFailures }) => expectedFailures.length > 0);
const SEED = 1;
/** Of some eighty: each is a whole run. `npm run qualify -- --drawn` takes them all. */
const DRAWN = 10;

/** Small enough that no process waits long for the last one. */
const DEFECTS_PER_JOB = 40;
/** They are waited for at once. */
const GOOD_PER_JOB = 6;

export interface Progress {
  readonly done: number;
  readonly all: number;
  readonly caught: number;
}

export async function qualify(
  { part, defects, models, blindTraits, drawn, proven }: Selection,
  onProgress: (progress: Progress) => void,
): Promise<Qualification> {
  const startedAt = new Date();
  const byId = new Map(defects.map((defect) => [defect.id, defect]));
  const results: DefectResult[] = [];
  const ofModels: ModelResult[] = [];
  const ofGood: GoodResult[] = [];
  const broken: string[] = [];
  await runJobs(jobsFor(defects, models, [...drawn, ...blindTraits]), (answer) => {
    take(answer, { results, ofModels, ofGood, broken });
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
    blindCameras: { traits: blindTraits.length, drawn: drawn.length, right: ofGood.filter(({ wrong }) => wrong === null).length },
    falseAlarms: [...ofModels.flatMap(({ falseAlarms }) => falseAlarms), ...ofGood.flatMap(falseAlarmsOf)],
    checksWithoutDefect: (await checksOf(proven)).filter((id) => !seen.has(id)),
    errors: [...broken, ...results.flatMap(({ id, errors }) => errors.map((error) => `${id}: ${error}`))],
    part,
    suiteVersion: suiteVersion(),
    measuredAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
  };
}

const byName = (one: { readonly id: string }, other: { readonly id: string }): number => one.id.localeCompare(other.id);

/** One of a camera that is not judged as it deserves, whatever is said of it. */
const falseAlarmsOf = ({ id, wrong, found }: GoodResult): Qualification['falseAlarms'] =>
  wrong === null
    ? []
    : [{ model: id, check: found[0]?.complaint ?? 'nothing', message: `${wrong}; ${found.map(({ complaint }) => complaint).join(', ')}` }];

/** The cameras first: each is one long job. */
function jobsFor(defects: readonly Defect[], models: readonly string[], good: readonly string[]): readonly Job[] {
  const jobs: Job[] = models.map((id) => ({ kind: 'model', id }));
  for (let at = 0; at < good.length; at += GOOD_PER_JOB) jobs.push({ kind: 'good', ids: good.slice(at, at + GOOD_PER_JOB) });
  for (let at = 0; at < defects.length; at += DEFECTS_PER_JOB) {
    jobs.push({ kind: 'defects', ids: defects.slice(at, at + DEFECTS_PER_JOB).map(({ id }) => id) });
  }
  return jobs;
}

interface Found {
  readonly results: DefectResult[];
  readonly ofModels: ModelResult[];
  readonly ofGood: GoodResult[];
  readonly broken: string[];
}

function take(answer: Answer, { results, ofModels, ofGood, broken }: Found): void {
  if (answer.kind === 'defects') results.push(...answer.results);
  else if (answer.kind === 'model') ofModels.push(answer.result);
  else if (answer.kind === 'good') ofGood.push(...answer.results);
  else if (answer.kind === 'broken') broken.push(answer.message);
}

/** A note is never judged: it cannot fail. */
const checksOf = async (sections: ReadonlySet<string>): Promise<readonly string[]> =>
  (await collectChecks()).filter(({ id, level }) => level !== 'note' && sections.has(id.slice(0, id.indexOf('/')))).map(({ id }) => id);
