/** An account that is locked for a while after some wrong log-ins in a row, wherever they were tried: what many cameras on walls do. */
import type { Habits } from '../../habits.ts';
import type { Time } from '../../time.ts';

export interface LockoutLimits {
  /** so many wrong ones in a row lock it */
  readonly failures: number;
  /** for so long nobody is let in, with right credentials neither */
  readonly lockedMs: number;
}

/** One count for cgi_action and for RTSP; a right log-in ends the row. RTSP without credentials is the usual question for a challenge, and no try. */
export function createLockout({ failures, lockedMs }: LockoutLimits, time: Time): Pick<Habits, 'tamper' | 'streamTamper'> {
  let failed = 0;
  let lockedUntil = Number.NEGATIVE_INFINITY;
  const tried = (isRight: boolean): boolean => {
    if (time.now() < lockedUntil) return false;
    failed = isRight ? 0 : failed + 1;
    if (failed < failures) return isRight;
    failed = 0;
    lockedUntil = time.now() + lockedMs;
    return false;
  };
  return {
    tamper: { admits: (_user, _digest, isRight) => tried(isRight) },
    streamTamper: { admits: (_method, isRight, authorization) => (authorization === undefined ? isRight : tried(isRight)) },
  };
}
