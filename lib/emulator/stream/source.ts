/** Plays a program to all who receive it, with one timer. */
import type { Program } from './program.ts';

export interface Receiver {
  /** the next unit is due */
  next(): void;
  /** so many units were due and are not made up for */
  skip?(units: number): void;
}

export interface Source {
  add(receiver: Receiver): void;
  remove(receiver: Receiver): void;
  readonly receivers: number;
}

/** Behind by more than this, in ms, what was missed is not made up for: it would come in one burst. */
const MOST_BEHIND = 1000;

/** The timer runs while there are receivers. */
export function createSource(program: Program, now: () => number = () => performance.now()): Source {
  const receivers = new Set<Receiver>();
  let timer: NodeJS.Timeout | undefined;
  let anchor = 0;
  let played = 0;
  const due = (): number => anchor + (played * 1000) / program.unitsPerSecond;
  const play = (): void => {
    const late = now() - due();
    if (late > MOST_BEHIND) {
      // Time goes on for those who receive, as it does in a camera that drops pictures.
      const missed = Math.floor((late * program.unitsPerSecond) / 1000);
      for (const receiver of receivers) receiver.skip?.(missed);
      start();
    }
    while (due() <= now()) {
      played++;
      for (const receiver of receivers) receiver.next();
    }
    if (receivers.size > 0) timer = setTimeout(play, Math.max(1, due() - now()));
  };
  const start = (): void => {
    anchor = now();
    played = 0;
  };
  return {
    add: (receiver) => {
      receivers.add(receiver);
      if (receivers.size > 1) return;
      start();
      timer = setTimeout(play, 1);
    },
    remove: (receiver) => {
      receivers.delete(receiver);
      if (receivers.size === 0) clearTimeout(timer);
    },
    get receivers() {
      return receivers.size;
    },
  };
}

export interface Sources {
  of(program: Program): Source;
}

/** One source for each program that is in use. */
export function createSources(): Sources {
  const known = new WeakMap<Program, Source>();
  return {
    of: (program) => {
      const source = known.get(program) ?? createSource(program);
      known.set(program, source);
      return source;
    },
  };
}
