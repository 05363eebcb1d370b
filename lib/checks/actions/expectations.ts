/** What special checks demand of an outcome, in the same words everywhere. Each throws `NonConformance`. */
import { describe, isNotOffered, isOddCode, isRefusal, type Outcome } from '../../camera/outcome.ts';
import type { Members } from '../../document/row-value.ts';
import type { StrictDemand } from '../../document/strict.ts';
import { causedBy, type Finding, fail, finding, Skipped, verify } from '../../results/finding.ts';
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

/** The text of 1.1 and HTTP status 200. What refuses whoever is unknown in another way does so everywhere; whoever is served is told each time. */
export function userRefusedFindings(outcome: Outcome, documented: string, received: string): readonly Finding[] {
  const { status } = outcome.answer;
  if (outcome.kind === 'error-user' && status === 200) return [];
  const found = finding(documented, received);
  return [outcome.kind === 'done' ? found : causedBy(`users refused with HTTP status ${status} and ${describe(outcome)}`, found)];
}

/**
 * A set that refuses what its get shows refuses each parameter of it for the same reason. Codes 1 and -1, which say nothing of what is set,
 * are those of a camera that answers its sets so, whatever they do.
 */
export function refusedAsFound(set: string, found: Finding, outcome: Outcome): Finding {
  if (outcome.kind !== 'code') return found;
  const received = describe(outcome);
  const says = isOddCode(outcome) ? `sets are answered with ${received.replaceAll(set, '…')}` : `${set} refuses what was found with ${received}`;
  return causedBy(says, found);
}

/** The text of 1.1 for an action that there is not. */
export function unknownActionFindings(outcome: Outcome, documented: string): readonly Finding[] {
  if (outcome.kind !== 'error-json') return [causedBy(`unknown actions answered with ${describe(outcome)}`, finding(documented, describe(outcome)))];
  return statusFindings(outcome);
}

/** A non-zero code or a documented text. Throws `Skipped` where there is no such page: HTTP 404. */
export function expectRefused(outcome: Outcome, why: string): void {
  if (outcome.answer.status === 404) throw new Skipped('not-offered', `it is answered with ${describe(outcome)}`);
  if (isRefusal(outcome)) return;
  const received = outcome.kind === 'done' ? `${describe(outcome)}, as if the request were right` : describe(outcome);
  fail(`${why} is refused, by a code or the text "error json"`, received, outcome.answer.exchange);
}
