/** What the gate held back was not judged: why, in the words of a check that was left out. */
import { type HeldBack, hazardsIn, type Objection, sentenceOf } from '../gate/objection.ts';
import { Skipped } from '../results/finding.ts';
import { formatNotAllowed } from '../results/not-allowed.ts';

export function skippedFor({ objections }: Pick<HeldBack, 'objections'>): Skipped {
  const hazards = hazardsIn(objections);
  // What nothing allows decides.
  const decisive = hazards.length > 0 ? objections : objections.filter(({ hazard }) => hazard === 'never');
  const why = merged(decisive).map(sentenceOf).join('; ');
  return hazards.length > 0 ? new Skipped('not-allowed', formatNotAllowed(hazards, why)) : new Skipped('not-testable', why);
}

/** Throws where anything speaks against it. */
export function demandNothingAgainst(objections: readonly Objection[]): void {
  if (objections.length > 0) throw skippedFor({ objections });
}

/** One for each reason. */
function merged(objections: readonly Objection[]): readonly Objection[] {
  const reasons = new Map<string, Objection>();
  for (const each of objections) {
    const known = reasons.get(each.because);
    reasons.set(each.because, { ...each, parameters: [...new Set([...(known?.parameters ?? []), ...each.parameters])] });
  }
  return [...reasons.values()];
}
