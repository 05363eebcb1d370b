/** The words of a comparison, the same on the terminal and in the page. */
import { plural } from '../plural.ts';
import type { CheckChange, CheckChanges } from './check-changes.ts';
import type { Comparison, RunFacts } from './comparison.ts';
import type { ParameterChange, ParameterChanges } from './parameter-changes.ts';
import type { TimingChange } from './timing-changes.ts';

type CheckKind = Exclude<keyof CheckChanges, 'common' | 'notSelected'>;
type ParameterKind = Exclude<keyof ParameterChanges, 'compared'>;

/** In the order of what has to be looked at first. `isDetailed`: with what the run says of each. */
export const CHECK_HEADINGS: readonly { readonly kind: CheckKind; readonly heading: string; readonly isDetailed?: true }[] = [
  { kind: 'newlyFailing', heading: 'Passed before, fails now', isDetailed: true },
  { kind: 'noLongerOffered', heading: 'Judged before, not offered any more' },
  { kind: 'noLongerJudged', heading: 'Judged before, not judged now' },
  { kind: 'failingUnjudged', heading: 'Fails now, was not judged before', isDetailed: true },
  { kind: 'failingAdded', heading: 'Fails now, the old suite did not have it', isDetailed: true },
  { kind: 'newlyWaived', heading: 'Passed before, fails now under a waiver', isDetailed: true },
  { kind: 'newlyWarning', heading: 'Warns now', isDetailed: true },
  { kind: 'fixed', heading: 'Fixed' },
  { kind: 'nowOffered', heading: 'Offered now, and passes' },
  { kind: 'other', heading: 'Other changes of verdict' },
  { kind: 'added', heading: 'Checks that the old suite did not have' },
  { kind: 'gone', heading: 'Checks that the new suite does not have' },
];

export const PARAMETER_HEADINGS: readonly { readonly kind: ParameterKind; readonly heading: string }[] = [
  { kind: 'disappeared', heading: 'Parameters that disappeared' },
  { kind: 'appeared', heading: 'Parameters that appeared' },
  { kind: 'types', heading: 'Parameters of another type' },
  { kind: 'ranges', heading: 'Parameters with another range' },
  { kind: 'values', heading: 'Parameters with another value at the start of the run' },
];

/** `pass → fail`. */
export const stepOf = ({ before, after }: Pick<CheckChange, 'before' | 'after'>): string =>
  [before, after].filter((standing) => standing !== null).join(' → ');

/** `getVencConf, third`: the get, and what it was asked about. */
export const getOf = ({ parameter: { action, instance } }: ParameterChange): string => (instance === '' ? action : `${action}, ${instance}`);

/** `median 20 → 90 ms, p95 30 → 150 ms; 40 and 41 requests`. */
export const timesOf = ({ before, after }: TimingChange): string =>
  `median ${before.medianMs} → ${after.medianMs} ms, p95 ${before.p95Ms} → ${after.p95Ms} ms; ${before.requests} and ${after.requests} requests`;

export const thresholdsOf = ({ thresholds: { factor, leastMs, leastRequests } }: Comparison): string =>
  `at least ${factor} times and ${leastMs} ms, over ${leastRequests} requests or more`;

export const runOf = ({ camera, startedAt, verdict }: RunFacts): string =>
  [camera.deviceId ?? 'a camera that is not known', `firmware ${camera.version ?? 'not known'}`, startedAt, verdict].join(', ');

/** The one sentence that it comes to. */
export function verdictOf({ checks, fault }: Comparison): string {
  const failing = checks.newlyFailing.length;
  if (failing > 0) return `${plural(failing, 'check')} that passed ${failing === 1 ? 'fails' : 'fail'} now.${fault === null ? '' : ` ${fault}`}`;
  if (fault !== null) return fault;
  const reservations = [
    reservation(checks.noLongerOffered, 'is of what the camera does not offer any more', 'are of what the camera does not offer any more'),
    reservation(checks.noLongerJudged, 'that was judged is not judged now', 'that were judged are not judged now'),
    reservation(checks.failingUnjudged, 'fails that was not judged before', 'fail that were not judged before'),
    reservation(checks.failingAdded, 'fails that the old suite did not have', 'fail that the old suite did not have'),
  ].filter((each) => each !== null);
  return `Nothing that passed fails now${reservations.length === 0 ? '' : `, but ${new Intl.ListFormat('en').format(reservations)}`}.`;
}

const reservation = ({ length }: readonly CheckChange[], one: string, several: string): string | null =>
  length === 0 ? null : `${plural(length, 'check')} ${length === 1 ? one : several}`;
