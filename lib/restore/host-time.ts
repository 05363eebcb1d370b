/** When something was seen, by the clocks of this computer, so that another process can tell later how long ago that is. */

export interface HostTime {
  /** since 1970, in ms; can be set */
  readonly wallMs: number;
  /** since this computer was started, in ms; never runs back, and stands still while the computer sleeps */
  readonly monotonicMs: number;
}

export const hostTime = (): HostTime => ({ wallMs: Date.now(), monotonicMs: Number(process.hrtime.bigint() / 1_000_000n) });

/**
 * Seconds since `then`. The wall clock counts sleep and restarts of this computer, too; where it says less than the monotonic one,
 * it was set back in between and the other is right.
 */
export function secondsSince(then: HostTime, now: HostTime = hostTime()): number {
  return Math.max(now.wallMs - then.wallMs, now.monotonicMs - then.monotonicMs, 0) / 1000;
}
