/** What special checks demand of an outcome, in the same words everywhere. Each throws `NonConformance`. */
import type { Camera } from '../camera/camera.ts';
import { describe, isNotOffered, isRefusal, type Outcome } from '../camera/outcome.ts';
import type { Members } from '../document/row-value.ts';
import { fail, Skipped, verify } from './finding.ts';
import { envelopeFindings, statusFindings } from './reply-findings.ts';

/** Code 0 in the envelope of this camera; returns the reply. Throws `Skipped` where the model does not have the action. */
export function expectDone(outcome: Outcome, camera: Camera): Members {
  if (isNotOffered(outcome)) throw new Skipped('not-offered', `it is answered with ${describe(outcome)}`);
  if (outcome.kind !== 'done') fail('a JSON object with code 0', describe(outcome), outcome.answer.exchange);
  verify([...statusFindings(outcome), ...envelopeFindings(outcome, camera.identity)], outcome.answer.exchange);
  return outcome.reply;
}

/** A non-zero code or a documented text. */
export function expectRefused(outcome: Outcome, why: string): void {
  if (!isRefusal(outcome)) fail(`${why} is refused, by a code or the text "error json"`, describe(outcome), outcome.answer.exchange);
}
