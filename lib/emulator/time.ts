/** Time as a camera's habits know it: what settles, restarts or formats takes so long. Tests bring a faster one, or one that they turn by hand. */
export interface Time {
  /** in ms, from anywhere */
  now(): number;
  /** does something later; what it returns calls that off */
  after(ms: number, act: () => void): () => void;
}

/** @param pace how many seconds of the camera pass in one */
export function createTime(pace = 1): Time {
  return {
    now: () => performance.now() * pace,
    after: (ms, act) => {
      const timer = setTimeout(act, ms / pace);
      return () => clearTimeout(timer);
    },
  };
}

export interface ManualTime extends Time {
  /** lets so much pass, and does what is due, in its order */
  pass(ms: number): void;
  /** how much is still to be done */
  readonly waiting: number;
}

/** Stands still until it is told to pass. */
export function createManualTime(): ManualTime {
  let now = 0;
  const waiting = new Set<{ readonly at: number; readonly act: () => void }>();
  return {
    now: () => now,
    after: (ms, act) => {
      const due = { at: now + ms, act };
      waiting.add(due);
      return () => waiting.delete(due);
    },
    get waiting() {
      return waiting.size;
    },
    pass: (ms) => {
      const end = now + ms;
      for (;;) {
        const [next] = [...waiting].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        waiting.delete(next);
        now = next.at;
        next.act();
      }
      now = end;
    },
  };
}
