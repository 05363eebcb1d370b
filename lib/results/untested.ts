/** Sections that a camera offers, and of which a run could look at nothing: what the document requires and nobody saw is no pass. */
import { type CheckResult, sectionOf } from './results.ts';

type Judged = Pick<CheckResult, 'id' | 'section' | 'action' | 'level' | 'verdict' | 'skipReason' | 'message'>;

/** Section 19 is two things: settings, and the streams themselves, over another protocol and another port. */
const STREAMS = '19';

const groupOf = (check: Judged): string => {
  const section = sectionOf(check);
  return section === STREAMS && check.action === null ? `${section} streams` : section;
};

/** Why a check was left out that another interface has no answer to: no fault of the run, and none of the camera. */
export const OF_CGI = 'log-in and texts are those of cgi_action, and the camera is asked by the calls of its page (CAMERA_API=web)';

const UNSEEN: ReadonlySet<CheckResult['skipReason']> = new Set(['blocked', 'not-testable']);

/** One sentence for each, with the reason of its first check; what is not offered or not allowed was left out with good reason. */
export function untestedSections(checks: readonly Judged[]): readonly string[] {
  const groups = new Map<string, Judged[]>();
  for (const check of checks.filter(({ level }) => level === 'must')) groups.set(groupOf(check), [...(groups.get(groupOf(check)) ?? []), check]);
  return [...groups].flatMap(([group, those]) => {
    if (those.some(({ verdict }) => verdict !== 'skip')) return [];
    const [first] = those.filter(({ skipReason, message }) => UNSEEN.has(skipReason) && message !== OF_CGI);
    if (first === undefined) return [];
    const what = group.endsWith('streams') ? `the streams of section ${STREAMS}` : `section ${group}`;
    return [`Nothing of ${what} could be tested, though the camera offers it: ${first.message ?? first.id}`];
  });
}
