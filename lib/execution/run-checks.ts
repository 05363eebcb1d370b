/** Runs checks of a suite without vitest: for whoever tests the suite itself, or many cameras in one process. */

import type { Judged } from './judged.ts';
import { withPreparation } from './select-checks.ts';
import type { Session } from './session.ts';
import type { Suite } from './suite.ts';
import { judge } from './verdict.ts';

/** The verdicts of these checks, and of those without whose pass they prove nothing, in the order of the suite. All checks when none is named. */
export async function runChecks(suite: Suite, session: Session, wanted: Iterable<string> | null = null): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  for (const { identity, run } of wanted === null
    ? suite.checks
    : withPreparation(
        suite.checks,
        [...wanted].map((id) => ({ id })),
      )) {
    const judging = judge(identity, session, () => run(session));
    session.running = judging.catch(() => undefined);
    judged.push(await judging);
  }
  return judged;
}
