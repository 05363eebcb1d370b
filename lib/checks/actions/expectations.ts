/** What special checks demand of an outcome, in the same words everywhere. Each throws `NonConformance`. */
import { describe, isNotOffered, isRefusal, type Outcome } from '../../camera/outcome.ts';
import type { Members } from '../../document/row-value.ts';
import type { StrictDemand } from '../../document/strict.ts';
import { fail, verify } from '../../results/finding.ts';
import type { Bench } from '../bench.ts';
import { envelopeFindings, statusFindings } from './reply-findings.ts';
import { notOffered, type Place } from './strictly.ts';

/** What the strict profile expects beyond the default one of a check that calls `expectDone`. */
export const DONE_STRICTLY = ['offered', 'envelope'] as const satisfies readonly StrictDemand[];

/**
 * Code 0 in the envelope of this camera; returns the reply. Where the model does not have the action, it throws `Skipped`, or
 * `NonConformance` in the strict profile.
 */
export function expectDone(outcome: Outcome, { camera, profile }: Pick<Bench, 'camera' | 'profile'>, about: Place): Members {
  const { exchange } = outcome.answer;
  const { action } = about;
  if (isNotOffered(outcome)) {
    notOffered(profile, 'offered', { ...about, documented: `${action} is offered`, received: `it is answered with ${describe(outcome)}`, exchange });
  }
  if (outcome.kind !== 'done') fail('a JSON object with code 0', describe(outcome), exchange);
  verify([...statusFindings(outcome), ...envelopeFindings(outcome, camera.identity, profile, about)], exchange);
  return outcome.reply;
}

/** A non-zero code or a documented text. */
export function expectRefused(outcome: Outcome, why: string): void {
  if (isRefusal(outcome)) return;
  const received = outcome.kind === 'done' ? `${describe(outcome)}, as if the request were right` : describe(outcome);
  fail(`${why} is refused, by a code or the text "error json"`, received, outcome.answer.exchange);
}
