/** Of the checks of a suite those that are wanted, and those without whose pass they prove nothing. */
import type { CheckIdentity } from '../checks/check.ts';
import { isMeant } from '../results/check-pattern.ts';

/** The checks that match and those without whose pass they prove nothing, in the order of the suite. No pattern: all. */
export function selectChecks<C extends { readonly identity: CheckIdentity }>(checks: readonly C[], patterns: readonly string[]): readonly C[] {
  if (patterns.length === 0) return checks;
  return withPreparation(
    checks,
    checks.map(({ identity }) => identity).filter((identity) => patterns.some((pattern) => isMeant(pattern, identity))),
  );
}

/** These checks of a suite and those that they come after, and what those come after, in the order of the suite. */
export function withPreparation<C extends { readonly identity: CheckIdentity }>(
  checks: readonly C[],
  wanted: Iterable<Pick<CheckIdentity, 'id'>>,
): readonly C[] {
  const byId = new Map(checks.map((check) => [check.identity.id, check]));
  const chosen = new Set<string>();
  const choose = (id: string): void => {
    if (chosen.has(id)) return;
    chosen.add(id);
    for (const before of byId.get(id)?.identity.after ?? []) choose(before);
  };
  for (const { id } of wanted) choose(id);
  return checks.filter(({ identity }) => chosen.has(identity.id));
}
