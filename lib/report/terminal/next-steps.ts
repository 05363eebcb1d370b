/** What a person does next, for each way in which a run can end. */
import { join } from 'node:path';
import { parseNotAllowed } from '../../results/not-allowed.ts';
import { type CheckResult, isFailure, type Results } from '../../results/results.ts';
import type { EarlierRun } from '../earlier-run.ts';
import { reproduce } from '../repeat/reproduce.ts';

export interface Step {
  /** what it is for: `Repeat the first failure` */
  readonly what: string;
  /** commands to copy, files, or sentences; each is a line */
  readonly how: readonly string[];
}

export interface Surroundings {
  /** what the run wrote for people to read, or the command that shows it; the most telling first */
  readonly reports: readonly string[];
  /** the command that puts the camera back; null for an embedded camera, which is gone */
  readonly restore: string | null;
  /** a wider run whose reports stood where these stand now */
  readonly earlierRun: EarlierRun | null;
}

/** The most urgent first. */
export function nextSteps(results: Results, { reports, restore, earlierRun }: Surroundings): readonly Step[] {
  const first = results.checks.find(isFailure);
  const warned = results.checks.find(({ verdict }) => verdict === 'warn');
  const repeat =
    first !== undefined
      ? [{ what: 'Repeat the first failure', how: [reproduce(first).command] }]
      : warned !== undefined
        ? [{ what: 'Repeat the first warning', how: [reproduce(warned).command] }]
        : [];
  const read = [...(reports.length === 0 ? [] : [{ what: 'Read what was found', how: reports }]), ...readEarlier(earlierRun)];
  const more = moreToTest(results.checks);
  switch (results.exitCode) {
    case 0:
      return [...repeat, ...read, ...more];
    case 1:
      return [...repeat, ...read, ...more];
    case 2:
      return [...unfinished(results), ...repeat, ...read];
    case 3:
      return [...putBack(restore), ...repeat, ...read];
  }
}

const readEarlier = (run: EarlierRun | null): readonly Step[] =>
  run === null
    ? []
    : [
        {
          what: `These reports hold what was selected alone; those of the run of ${run.startedAt.slice(0, 16).replace('T', ' ')} UTC were kept`,
          how: [join(run.folder, 'statement.html')],
        },
      ];

const BY_HAND = 'Where that fails, set what is named above to the value that was, and restart the camera.';

const putBack = (restore: string | null): readonly Step[] =>
  restore === null ? [] : [{ what: 'Put the camera back, when it answers', how: [restore, BY_HAND] }];

/** What makes the next run have a verdict. */
function unfinished({ fault, checks }: Results): readonly Step[] {
  if (fault !== null) return [{ what: 'Put that right, and run again', how: [] }];
  const broken = checks.find(({ verdict }) => verdict === 'error');
  if (broken === undefined) return moreToTest(checks);
  return [
    { what: 'Repeat the first error', how: [reproduce(broken).command] },
    { what: 'Tell those who look after the suite', how: ['It is no failure of the camera; results.json holds what they need.'] },
  ];
}

/** Hazards that are listed one by one; all of them are known to the README. */
const MOST_LISTED = 5;

/** What was left out because of what it does to a camera, and what runs it. */
function moreToTest(checks: readonly CheckResult[]): readonly Step[] {
  const left = checks.filter(({ verdict, skipReason }) => verdict === 'skip' && skipReason === 'not-allowed');
  const counts = new Map<string, number>();
  for (const { message } of left) {
    const hazards = parseNotAllowed(message)?.join(',');
    if (hazards !== undefined) counts.set(hazards, (counts.get(hazards) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const listed = [...counts].toSorted(([, one], [, other]) => other - one).slice(0, MOST_LISTED);
  const all = counts.size > 1 ? [['all', left.length] as const] : [];
  const how = [...listed, ...all].map(([hazards, count]) => `CAMERA_ALLOW=${hazards.padEnd(12)} ${count} more check${count === 1 ? '' : 's'}`);
  return [{ what: 'Test what was left out, if the camera may take it (the README says what may happen)', how }];
}
