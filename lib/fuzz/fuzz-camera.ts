/** Fuzzes one camera for a while: attempts of all kinds, the smallest that shows each trouble, nothing that is already known twice. */

import { isThere } from '../camera/is-there.ts';
import { poll } from '../camera/poll.ts';
import { ALL_KINDS, type Attempt, attempts } from './attempt.ts';
import { search } from './fast-check.ts';
import { type Ground, makeAttempt, type Trouble } from './make-attempt.ts';

export interface Finding {
  readonly trouble: Trouble;
  /** the smallest attempt that showed it */
  readonly attempt: Attempt;
  readonly seed: number;
  readonly path: string;
}

export interface FuzzOptions {
  readonly ground: Ground;
  readonly seed: number;
  /** begins at a finding of the same seed, and ends behind it */
  readonly path?: string | undefined;
  readonly limitMs: number;
  /** how long a camera that went away is waited for */
  readonly patienceMs: number;
  readonly interrupted: AbortSignal;
  readonly onFinding: (finding: Finding) => void;
}

export interface Fuzzed {
  readonly attempts: number;
  readonly findings: readonly Finding[];
  /** the camera went away and stayed away */
  readonly isGone: boolean;
}

/** Attempts of one seed; the next round has the next one. */
const RUNS = 500;
/** What was found last is still made smaller when the time is over. */
const SHRINKING_MS = 15_000;

export async function fuzz({ ground, seed, path, limitMs, patienceMs, interrupted, onFinding }: FuzzOptions): Promise<Fuzzed> {
  const end = performance.now() + limitMs;
  const all = attempts(ground.targets, ground.rtsp === null ? ALL_KINDS.filter((kind) => kind !== 'rtsp') : ALL_KINDS);
  const findings: Finding[] = [];
  const known = new Set<string>();
  let made = 0;
  let isGone = false;
  for (let round = seed; ; round = (round + 1) % 2 ** 31) {
    let last: { trouble: Trouble; attempt: Attempt } | null = null;
    const holds = async (attempt: Attempt): Promise<boolean> => {
      if (interrupted.aborted || isGone || performance.now() >= (last === null ? end : end + SHRINKING_MS)) return true;
      made += 1;
      const trouble = await makeAttempt(ground, attempt);
      if (trouble === null || known.has(trouble.key)) return true;
      last = { trouble, attempt };
      isGone = (await poll(patienceMs, () => isThere(ground.camera))) === null;
      return false;
    };
    const { counterexample } = await search(all, holds, { seed: round, runs: RUNS, ...(path === undefined ? {} : { path }) });
    if (counterexample !== null && last !== null) {
      const { trouble, attempt }: { trouble: Trouble; attempt: Attempt } = last;
      const finding = { trouble, attempt, seed: counterexample.seed, path: counterexample.path };
      known.add(trouble.key);
      findings.push(finding);
      onFinding(finding);
    }
    if (interrupted.aborted || isGone || path !== undefined || performance.now() >= end) return { attempts: made, findings, isGone };
    // What is known no longer ends a round: the same seed goes on behind it.
    if (counterexample !== null) round -= 1;
  }
}
