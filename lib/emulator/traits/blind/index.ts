/**
 * Good cameras, and a few faults, made from the words of the document and of the contract by somebody who had not read the checks: what
 * each deserves stands with it, and `lib/qualify/run-good.ts` holds the checks to it.
 */
import type { BlindTrait } from './blind-trait.ts';
import { COUPLING_TRAITS } from './coupling.ts';
import { FAULT_TRAITS } from './faults.ts';
import { FOUND_TRAITS } from './found.ts';
import { LIMIT_TRAITS } from './limits.ts';
import { OFFER_TRAITS } from './offers.ts';
import { REPLY_TRAITS } from './replies.ts';
import { REQUEST_TRAITS } from './requests.ts';
import { SETTLING_TRAITS } from './settling.ts';
import { STREAM_TRAITS } from './streams.ts';
import { TASK_TRAITS } from './tasks.ts';
import { WRITING_TRAITS } from './writing.ts';

export const BLIND_TRAITS: readonly BlindTrait[] = [
  ...SETTLING_TRAITS,
  ...LIMIT_TRAITS,
  ...COUPLING_TRAITS,
  ...REQUEST_TRAITS,
  ...OFFER_TRAITS,
  ...REPLY_TRAITS,
  ...TASK_TRAITS,
  ...STREAM_TRAITS,
  ...WRITING_TRAITS,
  ...FOUND_TRAITS,
  ...FAULT_TRAITS,
];
