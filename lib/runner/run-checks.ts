/** Runs checks of a suite without vitest: for whoever tests the suite itself, or many cameras in one process. */

import type { Suite, SuiteCheck } from './section.ts';
import type { Session } from './session.ts';
import { type Judged, judge } from './verdict.ts';

/** The verdicts of these checks, and of those without whose pass they prove nothing, in the order of the suite. All checks when none is named. */
export async function runChecks(suite: Suite, session: Session, wanted: Iterable<string> | null = null): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  for (const { identity, run } of wanted === null ? suite.checks : withPreparation(suite.checks, wanted)) {
    const judging = judge(identity, session, () => run(session));
    session.running = judging.catch(() => undefined);
    judged.push(await judging);
  }
  return judged;
}

function withPreparation(checks: readonly SuiteCheck[], wanted: Iterable<string>): readonly SuiteCheck[] {
  const byId = new Map(checks.map((check) => [check.identity.id, check]));
  const chosen = new Set<string>();
  const choose = (id: string): void => {
    if (chosen.has(id)) return;
    chosen.add(id);
    for (const before of byId.get(id)?.identity.after ?? []) choose(before);
  };
  for (const id of wanted) choose(id);
  return checks.filter(({ identity }) => chosen.has(identity.id));
}
