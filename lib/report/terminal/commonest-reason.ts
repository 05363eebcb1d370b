/** Why most of the checks that were blocked were: where nothing could be judged, it tells what to put right. */
import type { CheckResult } from '../../results/results.ts';

export interface Reason {
  readonly sentence: string;
  readonly checks: number;
}

/** The same answer to many actions is one reason. */
const ACTION = /\b[gs]et[A-Z]\w*/g;

/** Null where none was blocked. */
export function commonestReason(checks: readonly Pick<CheckResult, 'skipReason' | 'message'>[]): Reason | null {
  const counts = new Map<string, number>();
  for (const { skipReason, message } of checks) {
    if (skipReason !== 'blocked' || message === null) continue;
    const sentence = message.replace(ACTION, 'an action');
    counts.set(sentence, (counts.get(sentence) ?? 0) + 1);
  }
  const [commonest] = [...counts].toSorted(([, one], [, other]) => other - one);
  return commonest === undefined ? null : { sentence: commonest[0], checks: commonest[1] };
}
