/** What the gate held back was not judged: why, in the words of a check that was left out. */
import { type HeldBack, type Objection, sentenceOf } from '../gate/objection.ts';
import { Skipped } from '../results/finding.ts';
import { formatNotAllowed } from '../results/not-allowed.ts';

export function skippedFor({ hazards, objections }: Pick<HeldBack, 'hazards' | 'objections'>): Skipped {
  const why = [...new Set(objections.map(sentenceOf))].join('; ');
  return hazards.length > 0 ? new Skipped('not-allowed', formatNotAllowed(hazards, why)) : new Skipped('not-testable', why);
}

/** Throws where anything speaks against it. */
export function demandNothingAgainst(objections: readonly Objection[]): void {
  const never = objections.filter(({ hazard }) => hazard === 'never');
  const decisive = never.length > 0 ? never : objections;
  if (decisive.length > 0)
    throw skippedFor({ objections: decisive, hazards: never.length > 0 ? [] : [...new Set(objections.map(({ hazard }) => hazard as never))] });
}
