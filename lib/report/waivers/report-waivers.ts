/**
 * What became of each waiver in a run. One that is of no use any more is named, so that the list does not rot; none of this changes
 * the exit code, which speaks of the camera.
 */
import { SECTIONS } from '../../document/index.ts';
import type { CheckResult, WaiverReport } from '../results.ts';
import type { WrittenWaiver } from './read-waivers.ts';
import { isExpired, isMeant } from './waiver.ts';

const SLUGS: ReadonlyMap<string, string> = new Map(SECTIONS.map(({ slug, number }) => [slug, String(number)]));

export interface WaivedRun {
  readonly checks: readonly Pick<CheckResult, 'id' | 'verdict' | 'waiver'>[];
  /** numbers of the sections of which every check was in the run; one that was broken off had all of them, too */
  readonly whole: ReadonlySet<string>;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

export const reportWaivers = (waivers: readonly WrittenWaiver[], run: WaivedRun): WaiverReport[] =>
  waivers.map((written) => {
    const { file, line, ...waiver } = written;
    return { ...waiver, file, line, ...fateOf(written, run) };
  });

function fateOf(waiver: WrittenWaiver, { checks, whole, today }: WaivedRun): Pick<WaiverReport, 'state' | 'covers' | 'sentence'> {
  const { check, file, line, expires } = waiver;
  const meant = checks.filter(({ id }) => isMeant(check, id));
  const covers = meant.filter((each) => each.waiver?.check === check).map(({ id }) => id);
  const say = (state: WaiverReport['state'], sentence: string) => ({ state, covers, sentence: `${file}:${line}: ${sentence}` });

  if (isExpired(waiver, today)) return say('expired', `the waiver of ${check} expired on ${expires} and does not apply; renew it, or remove it.`);
  if (covers.length > 0) return { state: 'applied', covers, sentence: null };
  if (meant.length === 0 && isInside(check, whole)) return say('unmatched', `no check is called ${check}; correct the waiver, or remove it.`);
  const judged = meant.filter(({ verdict }) => verdict !== 'skip' && verdict !== 'error');
  // A failure that another waiver covers is that one's.
  if (judged.some(({ verdict }) => verdict === 'fail')) return say('not-needed', `another waiver covers what ${check} means; remove one of them.`);
  if (judged.some(({ verdict }) => verdict === 'warn')) return say('not-needed', `${check} only warns, which fails no run; remove its waiver.`);
  if (judged.length > 0) return say('not-needed', `${check} passes and needs no waiver any more; remove it.`);
  return { state: 'not-run', covers, sentence: null };
}

/** Whether the run had every check that a pattern could mean. */
function isInside(check: string, whole: ReadonlySet<string>): boolean {
  const [slug = ''] = check.split('/');
  if (slug.includes('*')) return [...SLUGS.values()].every((number) => whole.has(number));
  const number = SLUGS.get(slug);
  return number === undefined || whole.has(number);
}
