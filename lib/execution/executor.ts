/**
 * Runs the checks of suites against one camera: the only way in which a check is run, whoever drives the run, vitest or a plain loop for
 * many cameras in one process.
 */
import type { Recorded } from '../evidence/tape.ts';
import { introduce } from './introduce.ts';
import { judgeOnTape } from './judge-on-tape.ts';
import type { Judged } from './judged.ts';
import { withPreparation } from './select-checks.ts';
import type { Session } from './session.ts';
import type { Suite, SuiteCheck } from './suite.ts';

/** What came of a check, and what it did. */
export interface Ran {
  readonly judged: Judged;
  readonly recorded: Recorded;
}

/** Runs one check. Whatever the camera does is a verdict; what rejects is a fault of the suite that no check can have. */
export function runCheck({ identity, run }: SuiteCheck, session: Session): Promise<Ran> {
  const running = introduce(session).then(() => judgeOnTape(identity, session, () => run(session)));
  session.running = running.catch(() => undefined);
  return running;
}

/** The verdicts of these checks, and of those without whose pass they prove nothing, in the order of the suite. All checks when none is named. */
export async function runChecks(
  { checks }: Pick<Suite, 'checks'>,
  session: Session,
  wanted: Iterable<string> | null = null,
): Promise<readonly Judged[]> {
  const patterns = wanted === null ? null : [...wanted].map((id) => ({ id }));
  const judged: Judged[] = [];
  for (const check of patterns === null ? checks : withPreparation(checks, patterns)) judged.push((await runCheck(check, session)).judged);
  return judged;
}
