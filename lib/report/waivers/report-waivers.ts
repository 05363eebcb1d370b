/**
 * What became of each waiver in a run. One that is of no use any more is named, so that the list does not rot; none of this changes
 * the exit code, which speaks of the camera.
 */

import { SECTIONS } from '../../document/index.ts';
import { isMeant, mayConcern } from '../../results/check-pattern.ts';
import type { CheckResult, WaiverReport } from '../../results/results.ts';
import { isExpired } from '../../results/waiver.ts';
import type { WrittenWaiver } from './read-waivers.ts';

export interface WaivedRun {
  readonly checks: readonly Pick<CheckResult, 'id' | 'section' | 'verdict' | 'waiver'>[];
  /** numbers of the sections of which every check was in the run; one that was broken off had all of them, too */
  readonly whole: ReadonlySet<string>;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

type RanChecks = WaivedRun['checks'];

export function reportWaivers(waivers: readonly WrittenWaiver[], { checks, whole, today }: WaivedRun): WaiverReport[] {
  // A waiver names its section: with thousands of both, each looks at the checks of that one.
  const bySlug = new Map(SECTIONS.map(({ slug }): [string, RanChecks[number][]] => [slug, []]));
  for (const check of checks) bySlug.get(check.id.slice(0, check.id.indexOf('/')))?.push(check);
  return waivers.map((written) => {
    const { file, line, ...waiver } = written;
    const concerned = SECTIONS.filter((section) => mayConcern(written.check, section));
    const meant = concerned.flatMap(({ slug }) => bySlug.get(slug) ?? []).filter(({ id, section }) => isMeant(written.check, { id, place: section }));
    const isInside = concerned.every(({ number }) => whole.has(String(number)));
    return { ...waiver, file, line, ...fateOf(written, meant, isInside, today) };
  });
}

/** @param isInside whether the run had every check that can be meant */
function fateOf(waiver: WrittenWaiver, meant: RanChecks, isInside: boolean, today: string): Pick<WaiverReport, 'state' | 'covers' | 'sentence'> {
  const { check, file, line, expires } = waiver;
  const covers = meant.filter((each) => each.waiver?.check === check).map(({ id }) => id);
  const say = (state: WaiverReport['state'], sentence: string) => ({ state, covers, sentence: `${file}:${line}: ${sentence}` });

  if (isExpired(waiver, today)) return say('expired', `the waiver of ${check} expired on ${expires} and does not apply; renew it, or remove it.`);
  if (covers.length > 0) return { state: 'applied', covers, sentence: null };
  if (meant.length === 0 && isInside) return say('unmatched', `no check is called ${check}; correct the waiver, or remove it.`);
  const judged = meant.filter(({ verdict }) => verdict !== 'skip' && verdict !== 'error');
  // A failure that another waiver covers is that one's.
  if (judged.some(({ verdict }) => verdict === 'fail')) return say('not-needed', `another waiver covers what ${check} means; remove one of them.`);
  if (judged.some(({ verdict }) => verdict === 'warn')) return say('not-needed', `${check} only warns, which fails no run; remove its waiver.`);
  if (judged.length > 0) return say('not-needed', `${check} passes and needs no waiver any more; remove it.`);
  return { state: 'not-run', covers, sentence: null };
}
