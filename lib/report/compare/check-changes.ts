/** What became of each check between two runs. A check keeps its id from release to release, so that it can be followed. */
import type { Finding } from '../../results/finding.ts';
import { type CheckResult, type Results, sectionOf } from '../../results/results.ts';
import { pairUp } from './pair-up.ts';

/** What a run says of a check, in one word: `not-offered` and the like for one that was skipped. */
export type Standing = 'pass' | 'fail' | 'waived' | 'warn' | 'error' | NonNullable<CheckResult['skipReason']> | 'skip';

export interface CheckChange {
  readonly id: string;
  readonly section: string;
  readonly title: string;
  readonly level: CheckResult['level'];
  /** null: that run did not have it */
  readonly before: Standing | null;
  readonly after: Standing | null;
  /** what the new run says of it, else the old one */
  readonly message: string | null;
  /** what that is made of, where it is a failure or a warning */
  readonly findings: readonly Finding[];
  /** the command that runs it alone, where the new run has one */
  readonly command: string | null;
}

export interface CheckChanges {
  /** passed, or only warned, and fails now */
  readonly newlyFailing: readonly CheckChange[];
  /** the same, but somebody accepted the failure until a day */
  readonly newlyWaived: readonly CheckChange[];
  /** was judged, and the camera does not offer it any more */
  readonly noLongerOffered: readonly CheckChange[];
  /** was judged, and is not now, for another reason: its hazard is not allowed, its precondition failed */
  readonly noLongerJudged: readonly CheckChange[];
  /** fails now, and was not judged before */
  readonly failingUnjudged: readonly CheckChange[];
  /** fails now, and the old suite did not have it: it may stand for one that is gone */
  readonly failingAdded: readonly CheckChange[];
  readonly fixed: readonly CheckChange[];
  readonly nowOffered: readonly CheckChange[];
  readonly newlyWarning: readonly CheckChange[];
  /** any other change, such as a check that the old run did not carry out */
  readonly other: readonly CheckChange[];
  /** the old suite did not have it, and it does not fail */
  readonly added: readonly CheckChange[];
  /** the new suite does not have it */
  readonly gone: readonly CheckChange[];
  /** judged by both runs: the comparison rests on them */
  readonly common: number;
  /** in one run only, because the other did not select it */
  readonly notSelected: number;
}

type Kind = Exclude<keyof CheckChanges, 'common' | 'notSelected'>;

const GOOD: readonly (Standing | null)[] = ['pass', 'warn'];
const FAILED: readonly (Standing | null)[] = ['fail', 'waived'];
export const isJudged = (standing: Standing | null): boolean => GOOD.includes(standing) || FAILED.includes(standing);

export const standingOf = ({ verdict, skipReason, waiver }: CheckResult): Standing => {
  if (verdict === 'fail') return waiver === undefined ? 'fail' : 'waived';
  return verdict === 'skip' ? (skipReason ?? 'skip') : verdict;
};

/** Whether a run would have had a check, had its suite known it. */
const selects = ({ sections, selection }: Results, section: string): boolean => selection.length === 0 && sections.includes(sectionOf({ section }));

const KINDS = [
  'newlyFailing',
  'newlyWaived',
  'noLongerOffered',
  'noLongerJudged',
  'failingUnjudged',
  'failingAdded',
  'fixed',
  'nowOffered',
  'newlyWarning',
  'other',
  'added',
  'gone',
] as const satisfies readonly Kind[];

export function checkChanges(before: Results, after: Results): CheckChanges {
  const { kept, added, gone } = pairUp(before.checks, after.checks, ({ id }) => id);
  const ofBoth = kept.map(([then, now]) => changeOf(then, now));
  const ofOne = [
    ...added.filter(({ section }) => selects(before, section)).map((check) => changeOf(undefined, check)),
    ...gone.filter(({ section }) => selects(after, section)).map((check) => changeOf(check, undefined)),
  ];
  const changes = new Map<Kind | null, CheckChange[]>(KINDS.map((kind) => [kind, []]));
  for (const change of [...ofBoth, ...ofOne]) changes.get(kindOf(change))?.push(change);
  return {
    ...(Object.fromEntries(changes) as Record<Kind, CheckChange[]>),
    common: ofBoth.filter((change) => isJudged(change.before) && isJudged(change.after)).length,
    notSelected: added.length + gone.length - ofOne.length,
  };
}

function changeOf(before: CheckResult | undefined, after: CheckResult | undefined): CheckChange {
  const check = after ?? before;
  if (check === undefined) throw new Error('Could not compare a check that neither run has.');
  const { message, findings } = check.message === null && before !== undefined ? before : check;
  return {
    id: check.id,
    section: check.section,
    title: check.title,
    level: check.level,
    before: before === undefined ? null : standingOf(before),
    after: after === undefined ? null : standingOf(after),
    message,
    findings,
    command: after?.reproduce?.command ?? null,
  };
}

function kindOf({ before, after }: CheckChange): Kind | null {
  if (before === after) return null;
  if (before === null) return after === 'fail' ? 'failingAdded' : 'added';
  if (after === null) return 'gone';
  if (after === 'fail') return FAILED.includes(before) ? 'other' : GOOD.includes(before) ? 'newlyFailing' : 'failingUnjudged';
  if (after === 'waived') return GOOD.includes(before) ? 'newlyWaived' : 'other';
  if (isJudged(before) && !isJudged(after)) return after === 'not-offered' ? 'noLongerOffered' : 'noLongerJudged';
  if (FAILED.includes(before) && GOOD.includes(after)) return 'fixed';
  if (before === 'not-offered' && GOOD.includes(after)) return 'nowOffered';
  return after === 'warn' ? 'newlyWarning' : 'other';
}
