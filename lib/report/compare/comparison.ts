/** Two runs side by side, such as those of two firmware versions: what changed, and whether anything that passed fails now. */
import type { Results } from '../../results/results.ts';
import { plural } from '../plural.ts';
import { type CheckChange, type CheckChanges, checkChanges, isJudged } from './check-changes.ts';
import { type ParameterChanges, parameterChanges } from './parameter-changes.ts';
import { THRESHOLDS, type Thresholds, type TimingChanges, timingChanges } from './timing-changes.ts';

export const COMPARISON_VERSION = 1;

export const COMPARISON_EXIT_CODES = {
  0: 'nothing that passed fails now',
  1: 'something that passed fails now',
  2: 'the files could not be read or compared, or the new run was not completed or judges too little of what the old one did',
} as const;

/** What is told of each run. */
export type RunFacts = Pick<Results, 'verdict' | 'exitCode' | 'camera' | 'profile' | 'allowed' | 'sections' | 'startedAt' | 'fault' | 'summary'> & {
  readonly file: string;
};

export interface Comparison {
  readonly schemaVersion: typeof COMPARISON_VERSION;
  readonly exitCode: keyof typeof COMPARISON_EXIT_CODES;
  /** why nothing is proved by it; null when something is */
  readonly fault: string | null;
  readonly before: RunFacts;
  readonly after: RunFacts;
  /** what makes the runs less comparable than they look, a sentence each */
  readonly caveats: readonly string[];
  readonly checks: CheckChanges;
  readonly parameters: ParameterChanges;
  readonly timings: TimingChanges;
  readonly thresholds: Thresholds;
}

/** A run and the file that it was read from. */
export interface ReadRun {
  readonly file: string;
  readonly results: Results;
}

export function compareRuns(before: ReadRun, after: ReadRun, thresholds: Thresholds = THRESHOLDS): Comparison {
  const checks = checkChanges(before.results, after.results);
  const parameters = parameterChanges(before.results, after.results);
  const timings = timingChanges(before.results, after.results, thresholds);
  const fault = faultOf(checks, before.results, after.results);
  return {
    schemaVersion: COMPARISON_VERSION,
    exitCode: checks.newlyFailing.length > 0 ? 1 : fault === null ? 0 : 2,
    fault,
    before: factsOf(before),
    after: factsOf(after),
    caveats: caveatsOf(before.results, after.results, { checks, parameters, timings }),
    checks,
    parameters,
    timings,
    thresholds,
  };
}

const factsOf = ({ file, results }: ReadRun): RunFacts => {
  const { verdict, exitCode, camera, profile, allowed, sections, startedAt, fault, summary } = results;
  return { file, verdict, exitCode, camera, profile, allowed, sections, startedAt, fault, summary };
};

/**
 * Of what was judged before, how much a run may leave unjudged that says whether it still passes. All hazards together are 8 % of the
 * checks and the largest section is 14 %: another `CAMERA_ALLOW`, a section that the camera does not offer any more, and both of them
 * stay below; a run of which most was blocked does not.
 */
const MOST_UNJUDGED = 0.25;

/** Judged before and not judged now, though the new run was to: whatever the reason. */
const unjudgedOf = ({ noLongerOffered, noLongerJudged, gone }: CheckChanges): readonly CheckChange[] =>
  [...noLongerOffered, ...noLongerJudged, ...gone].filter(({ before }) => isJudged(before));

/** `3 not-allowed, 1 blocked`. */
function reasonsOf(changes: readonly CheckChange[]): string {
  const counts = new Map<string, number>();
  for (const { after } of changes) counts.set(after ?? 'not in the new suite', (counts.get(after ?? 'not in the new suite') ?? 0) + 1);
  return [...counts].map(([reason, count]) => `${count} ${reason}`).join(', ');
}

/** That nothing that passed fails now is not said of a run that did not get to it. */
function faultOf(checks: CheckChanges, before: Results, after: Results): string | null {
  const { common } = checks;
  if (before.startedAt === after.startedAt && before.durationMs === after.durationMs)
    return `Both files are of one run, which began at ${after.startedAt}: give the results of two.`;
  if (common === 0) return `No check was judged in both runs.${after.fault === null ? '' : ` The new one: ${after.fault}`}`;
  if (after.fault !== null) return `The new run was not completed, so that it cannot be told whether what passed still does: ${after.fault}`;
  if (after.summary.errors > 0) return 'The new run has errors of the suite, so that it cannot be told whether what passed still does.';
  const judgedBefore = common + unjudgedOf(checks).length;
  if (common < (1 - MOST_UNJUDGED) * judgedBefore)
    return `Of ${judgedBefore} checks that were judged before only ${common} ${common === 1 ? 'is' : 'are'} judged now, so that it cannot be told whether what passed still does.`;
  return null;
}

function caveatsOf(
  before: Results,
  after: Results,
  { checks, parameters, timings }: Pick<Comparison, 'checks' | 'parameters' | 'timings'>,
): string[] {
  const caveats: string[] = [];
  const device = ({ camera: { deviceId, mac } }: Results): string =>
    [deviceId, mac].filter((part) => part !== null).join(', ') || 'one that is not known';
  if (device(before) !== device(after)) caveats.push(`These are different cameras: ${device(before)} before, ${device(after)} now.`);
  else if (before.camera.version !== null && before.camera.version === after.camera.version)
    caveats.push(`Both runs are of firmware ${after.camera.version}.`);
  if (before.profile !== after.profile) caveats.push(`The profiles differ: ${before.profile} before, ${after.profile} now.`);
  const hazards = ({ allowed }: Results): string => allowed.toSorted().join(', ') || 'none';
  if (hazards(before) !== hazards(after)) caveats.push(`The hazards that were allowed differ: ${hazards(before)} before, ${hazards(after)} now.`);
  const unjudged = unjudgedOf(checks);
  if (unjudged.length > 0) {
    const judgedBefore = plural(checks.common + unjudged.length, 'check');
    caveats.push(
      `${unjudged.length} of ${judgedBefore} judged before ${unjudged.length === 1 ? 'is' : 'are'} not judged now: ${reasonsOf(unjudged)}.`,
    );
  }
  const { notSelected } = checks;
  if (notSelected > 0)
    caveats.push(
      `${plural(notSelected, 'check')} ${notSelected === 1 ? 'is' : 'are'} in one run only, because the other did not select ${notSelected === 1 ? 'it' : 'them'}.`,
    );
  if (before.startedAt > after.startedAt) caveats.push('The old run is the later one: were the files given the wrong way round?');
  if (before.fault !== null) caveats.push(`The old run was not completed: ${before.fault}`);
  if (parameters.compared === null) caveats.push('Nothing is said of parameters: results of earlier versions of the suite do not list them.');
  if (timings.compared === null) caveats.push('Nothing is said of times: results of earlier versions of the suite do not hold them.');
  return caveats;
}
