/**
 * Good cameras, and a few faults, made from the words of the document and of the contract by somebody who had not read the checks: what
 * each deserves stands with it. The ids of the checks that warn or fail are filled in by those who know them, as it moves to the judged list.
 */
import type { BlindTrait } from './blind-trait.ts';

export const BLIND_TRAITS: readonly BlindTrait[] = [];
