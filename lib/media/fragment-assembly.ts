/** Puts the fragments of one NAL unit together again, the same for FU-A (RFC 6184 5.8) and FU (RFC 7798 4.4.3). */
import type { DeviationLog } from './deviation-log.ts';
import { sameBytes } from './nal-unit.ts';

export interface Fragment {
  /** the NAL unit header that the unit had before it was cut */
  readonly header: Uint8Array;
  readonly isStart: boolean;
  readonly isEnd: boolean;
  readonly payload: Uint8Array;
}

export interface FragmentAssembly {
  /** The whole unit when this fragment ends it, else null. */
  add(fragment: Fragment): Uint8Array | null;
  /** Packets are missing: what there is of a unit is given up, and its other fragments are dropped without a note. */
  lose(): void;
  /** Another payload came before the end of the unit. */
  interrupt(): void;
}

/** Ids of deviations: `fu-start-and-end`, `fu-without-start`, `fu-without-end`, `fu-of-two-types`. */
export function fragmentAssembly(log: DeviationLog): FragmentAssembly {
  let parts: Uint8Array[] = [];
  let isLost = true;
  const interrupt = (): void => {
    if (parts.length > 0) log.note('fu-without-end', `a unit of ${parts.length - 1} fragments so far`);
    parts = [];
    isLost = false;
  };
  return {
    interrupt,
    lose: () => {
      parts = [];
      isLost = true;
    },
    add: ({ header, isStart, isEnd, payload }) => {
      if (isStart && isEnd) log.note('fu-start-and-end', 'a unit of one fragment');
      if (isStart) {
        interrupt();
        parts = [header];
      } else if (parts.length === 0) {
        if (!isLost) log.note('fu-without-start', 'a fragment without the start of its unit');
        return null;
      }
      const [first] = parts;
      if (first !== undefined && !sameBytes(first, header)) log.note('fu-of-two-types', `${hex(header)} in a unit that began with ${hex(first)}`);
      parts.push(payload);
      if (!isEnd) return null;
      const unit = Buffer.concat(parts);
      parts = [];
      isLost = false;
      return new Uint8Array(unit.buffer, unit.byteOffset, unit.length);
    },
  };
}

/** A NAL unit header as the fragments give it. */
const hex = (header: Uint8Array): string => `NAL unit header ${Buffer.from(header).toString('hex')}`;
