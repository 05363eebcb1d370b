/**
 * How long this camera takes until a change shows, learnt from each change that was seen to show. The one place where a reading behind a
 * change is waited for: short where the camera is known to be quick, and as long as it may take where a failure would follow.
 */
import { setTimeout as pause } from 'node:timers/promises';

/** What the settings give by default. */
export const DEFAULT_SETTLING_MS = 5000;

/** Between two readings while something is waited for: at first often, then with fewer requests. */
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 250;
/** What one reply more or less may take. */
const AT_ONCE_MS = 60;
/** A camera known to be slow is asked again when it is nearly due. */
const NEARLY = 0.9;
const MARGIN = 1.25;
/** What was waited for in vain so often is not waited for in full: a camera that ignores all its sets is not asked for an hour. */
const MOST_IN_VAIN = 3;
const LEAST_IN_VAIN_MS = 500;

interface Known {
  /** the longest that a change took, in ms */
  slowest: number;
  inVain: number;
}

export class Settling {
  /** in ms */
  readonly limitMs: number;
  readonly #sleep: (ms: number) => Promise<unknown>;
  readonly #known = new Map<string, Known>();

  constructor(limitMs = DEFAULT_SETTLING_MS, sleep: (ms: number) => Promise<unknown> = pause) {
    this.limitMs = limitMs;
    this.#sleep = sleep;
  }

  /** The longest that any change of this camera took, in ms; null as long as none was seen to show. */
  get slowestMs(): number | null {
    const seen = [...this.#known.values()].map(({ slowest }) => slowest).filter((slowest) => slowest >= 0);
    return seen.length === 0 ? null : Math.max(...seen);
  }

  /** The same of one action. */
  slowestOf(action: string): number | null {
    const slowest = this.#known.get(action)?.slowest ?? -1;
    return slowest < 0 ? null : slowest;
  }

  /** Whether a change of this action was ever seen to show. */
  knows(action: string): boolean {
    return (this.#known.get(action)?.slowest ?? -1) >= 0;
  }

  /**
   * Reads until the reading shows what was sent at `since` (on the monotonic clock, in ms), or until it had its time; returns the last
   * reading either way.
   */
  async until<T>(action: string, since: number, read: () => Promise<T>, isShown: (reading: T) => boolean): Promise<T> {
    const known = this.#known.get(action) ?? { slowest: -1, inVain: 0 };
    this.#known.set(action, known);
    const end = since + this.#patienceFor(known);
    let pauseMs = FIRST_PAUSE_MS;
    let before = since;
    let isFirst = true;
    for (;;) {
      const asked = performance.now();
      const reading = await read();
      if (isShown(reading)) {
        // It came between the reading before and this one.
        known.slowest = Math.max(known.slowest, isFirst ? 0 : (before + asked) / 2 - since);
        return reading;
      }
      isFirst = false;
      before = asked;
      const left = end - performance.now();
      if (left <= 0) {
        known.inVain += 1;
        return reading;
      }
      const due = since + NEARLY * Math.max(0, known.slowest) - performance.now();
      await this.#sleep(Math.min(left, Math.max(pauseMs, due)));
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
    }
  }

  /** Lets pass the time that this camera is known to take, for a reading of which no change is expected. */
  async rest(action: string, since: number): Promise<void> {
    const own = this.#known.get(action)?.slowest ?? -1;
    const expected = own >= 0 ? own : (this.slowestMs ?? 0);
    if (expected <= AT_ONCE_MS) return;
    const left = since + Math.min(this.limitMs, expected * MARGIN) - performance.now();
    if (left > 0) await this.#sleep(left);
  }

  #patienceFor({ inVain }: Known): number {
    if (inVain < MOST_IN_VAIN) return this.limitMs;
    return Math.min(this.limitMs, Math.max(LEAST_IN_VAIN_MS, MARGIN * 2 * (this.slowestMs ?? 0)));
  }
}
