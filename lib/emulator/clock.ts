/** The camera's own clock: the host's, shifted. What NTP would give is the shift that the camera started with. */
export interface Clock {
  /** whole seconds since 1970 */
  seconds(): number;
  set(seconds: number): void;
  /** as NTP would: back to the shift at the start */
  synchronise(): void;
  /** whole seconds by which the clock differs from what NTP would give; stands still while the clock ticks */
  drift(): number;
}

/** @param start seconds since 1970 that the clock shows now; without it the host's time */
export function createClock(start?: number, now: () => number = Date.now): Clock {
  const startShift = start === undefined ? 0 : start * 1000 - now();
  let shift = startShift;
  return {
    seconds: () => Math.floor((now() + shift) / 1000),
    set: (seconds) => {
      shift = seconds * 1000 - now();
    },
    synchronise: () => {
      shift = startShift;
    },
    drift: () => Math.round((shift - startShift) / 1000),
  };
}
