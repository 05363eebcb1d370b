/** The verdict in the words of someone who accepts a delivery: what was found, how far it reaches, and what to do. */
import { SECTIONS } from '../../document/index.ts';
import { type CheckResult, isFailure, type Results, sectionOf, summarise } from '../../results/results.ts';
import { OTHER_INTERFACE, SAME_SETTINGS } from '../../results/verdict.ts';
import { count, listed, plural, sectionRanges } from './wording.ts';

export interface VerdictWords {
  readonly tone: 'good' | 'bad' | 'open';
  /** a word or two */
  readonly headline: string;
  /** what was found, the most important first; each may hold text of the camera, as those below */
  readonly outcome: readonly string[];
  /** what a reader must not overlook beside it */
  readonly reservations: readonly string[];
}

export function verdictWords(results: Results): VerdictWords {
  const leftModified =
    results.restore.verdict === 'left-modified' ? ['The camera could not be put back as it was. What differs is listed below.'] : [];
  return {
    ...HEADLINES[results.verdict],
    outcome: [...(results.api === 'cgi' ? [] : [OTHER_INTERFACE]), ...leftModified, outcome(results)],
    reservations: reservations(results),
  };
}

const HEADLINES = {
  conformant: { tone: 'good', headline: 'Conformant' },
  'non-conformant': { tone: 'bad', headline: 'Not conformant' },
  'same-settings': { tone: 'good', headline: SAME_SETTINGS },
  incomplete: { tone: 'open', headline: 'No verdict' },
} as const satisfies Record<Results['verdict'], Pick<VerdictWords, 'tone' | 'headline'>>;

function outcome(results: Results): string {
  const required = results.checks.filter(({ level }) => level === 'must');
  const { passed, failed, waived } = summarise(required);
  if (results.verdict === 'conformant' || results.verdict === 'same-settings') {
    const does = results.verdict === 'conformant' ? 'The camera does what the document demands' : 'The settings do what the document demands of them';
    if (waived === 0) return `${does}: ${plural(passed, 'required check')} passed, none failed.`;
    return `${plural(passed, 'required check')} passed. ${count(waived)} failed and ${waived === 1 ? 'is' : 'are'} waived: accepted for now by whoever is named below.`;
  }
  if (results.verdict === 'non-conformant') {
    const sections = sectionRanges(required.filter(isFailure).map(sectionOf));
    return `The camera does not do all that the document demands: ${count(failed)} of ${count(passed + failed + waived)} required checks failed, in ${sections.includes(' ') ? 'sections' : 'section'} ${sections}.`;
  }
  const because = results.fault ?? incompleteBecause(results);
  const found = failed > 0 ? ` Until then ${plural(failed, 'required check')} had failed.` : '';
  return `The run could not be done or completed, so it neither confirms nor denies conformance. ${because}${found}`;
}

function incompleteBecause({ summary, checks, restore }: Results): string {
  if (summary.errors > 0) return `${plural(summary.errors, 'check')} could not be carried out, by a fault of the suite.`;
  if (checks.length === 0) return 'The selection matched no check.';
  return restore.verdict === 'left-modified' ? 'The camera was left modified.' : 'No required check passed or failed.';
}

function reservations(results: Results): readonly string[] {
  const { checks, summary, camera, verdict } = results;
  const said: string[] = [];
  if (summary.waived > 0 && results.exitCode !== 0)
    said.push(
      `${plural(summary.waived, 'further failure')} ${summary.waived === 1 ? 'is' : 'are'} waived: accepted for now by whoever is named below.`,
    );
  const tested = new Set(checks.map(sectionOf));
  const skipped = (reason: string): number => checks.filter(({ skipReason }) => skipReason === reason).length;
  if (checks.length > 0 && tested.size < SECTIONS.length)
    said.push(`Only ${tested.size} of the ${SECTIONS.length} sections of the document were tested; the others are not covered by this statement.`);
  if (skipped('not-allowed') > 0)
    said.push(`${plural(skipped('not-allowed'), 'check')} did not run because they take a hazard that was not allowed.`);
  const untested = skipped('blocked') + skipped('not-testable');
  if (untested > 0) said.push(`${plural(untested, 'check')} could not be tested.`);
  if (summary.warned > 0)
    said.push(
      `${plural(summary.warned, 'recommendation')} ${summary.warned === 1 ? 'was' : 'were'} not met${verdict === 'incomplete' ? '' : ', which does not change the verdict'}.`,
    );
  if (isOwnComputer(camera.url))
    said.push(
      'The camera was reached at an address of the testing computer itself. The verdict is about whatever answered there: an emulator, which says nothing of any camera, or a camera behind a forwarded port. Before a delivery is accepted by it, compare device ID, hardware address and firmware version with the camera’s.',
    );
  return said;
}

function isOwnComputer(url: string | null): boolean {
  if (url === null || !URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}

/** What adds up to all checks, by what the document says of them: `3,899 checks: 3,538 required (7 failed) and 361 recommended (2 warned).` */
export function checksInWords({ checks }: Results): string {
  const kinds = LEVELS.flatMap(([level, name]) => {
    const own = checks.filter((check) => check.level === level);
    if (own.length === 0) return [];
    const { failed, waived, warned, skipped, errors } = summarise(own);
    const apart = [
      [failed, 'failed'],
      [waived, 'waived'],
      [warned, 'warned'],
      [skipped, 'skipped'],
      [errors, 'not judged'],
    ] as const;
    const said = apart.filter(([number]) => number > 0).map(([number, what]) => `${count(number)} ${what}`);
    return [`${count(own.length)} ${name} (${said.length === 0 ? 'all passed' : said.join(', ')})`];
  });
  return `${plural(checks.length, 'check')}: ${listed(kinds)}.`;
}

const LEVELS = [
  ['must', 'required'],
  ['should', 'recommended'],
  ['note', 'only observed'],
] as const satisfies readonly (readonly [CheckResult['level'], string])[];
