/** The arithmetic coder of H.265 9.3, writing side. */

/** Width of the range of the less probable value, by state and by two bits of the range (H.265 table 9-46). */
const RANGES = [
  [128, 176, 208, 240],
  [128, 167, 197, 227],
  [128, 158, 187, 216],
  [123, 150, 178, 205],
  [116, 142, 169, 195],
  [111, 135, 160, 185],
  [105, 128, 152, 175],
  [100, 122, 144, 166],
  [95, 116, 137, 158],
  [90, 110, 130, 150],
  [85, 104, 123, 142],
  [81, 99, 117, 135],
  [77, 94, 111, 128],
  [73, 89, 105, 122],
  [69, 85, 100, 116],
  [66, 80, 95, 110],
  [62, 76, 90, 104],
  [59, 72, 86, 99],
  [56, 69, 81, 94],
  [53, 65, 77, 89],
  [51, 62, 73, 85],
  [48, 59, 69, 80],
  [46, 56, 66, 76],
  [43, 53, 63, 72],
  [41, 50, 59, 69],
  [39, 48, 56, 65],
  [37, 45, 54, 62],
  [35, 43, 51, 59],
  [33, 41, 48, 56],
  [32, 39, 46, 53],
  [30, 37, 43, 50],
  [29, 35, 41, 48],
  [27, 33, 39, 45],
  [26, 31, 37, 43],
  [24, 30, 35, 41],
  [23, 28, 33, 39],
  [22, 27, 32, 37],
  [21, 26, 30, 35],
  [20, 24, 29, 33],
  [19, 23, 27, 31],
  [18, 22, 26, 30],
  [17, 21, 25, 28],
  [16, 20, 23, 27],
  [15, 19, 22, 25],
  [14, 18, 21, 24],
  [14, 17, 20, 23],
  [13, 16, 19, 22],
  [12, 15, 18, 21],
  [12, 14, 17, 20],
  [11, 14, 16, 19],
  [11, 13, 15, 18],
  [10, 12, 15, 17],
  [10, 12, 14, 16],
  [9, 11, 13, 15],
  [9, 11, 12, 14],
  [8, 10, 12, 14],
  [8, 9, 11, 13],
  [7, 9, 11, 12],
  [7, 9, 10, 12],
  [7, 8, 10, 11],
  [6, 8, 9, 11],
  [6, 7, 9, 10],
  [6, 7, 8, 9],
  [2, 2, 2, 2],
] as const;

/** The next state after the less probable value (H.265 table 9-47). */
const AFTER_LESS_PROBABLE = [
  0, 0, 1, 2, 2, 4, 4, 5, 6, 7, 8, 9, 9, 11, 11, 12, 13, 13, 15, 15, 16, 16, 18, 18, 19, 19, 21, 21, 22, 22, 23, 24, 24, 25, 26, 26, 27, 27, 28, 29,
  29, 30, 30, 30, 31, 32, 32, 33, 33, 33, 34, 34, 35, 35, 35, 36, 36, 36, 37, 37, 37, 38, 38, 63,
] as const;

/** What the coder has learnt about one kind of decision. */
export interface Context {
  state: number;
  probable: number;
}

/** @param initValue of the tables of H.265 9.3.2.2 */
export function context(initValue: number, quantiser: number): Context {
  const slope = (initValue >> 4) * 5 - 45;
  const offset = ((initValue & 15) << 3) - 16;
  const position = Math.min(126, Math.max(1, ((slope * quantiser) >> 4) + offset));
  return position <= 63 ? { state: 63 - position, probable: 0 } : { state: position - 64, probable: 1 };
}

export interface CabacWriter {
  decision(context: Context, value: number): void;
  /** equally probable bits, the most significant first */
  bypass(value: number, count: number): void;
  /** `end_of_slice_segment_flag`; after a 1 nothing follows */
  terminate(value: number): void;
  /** the trailing bits included */
  bytes(): Uint8Array;
}

export function cabacWriter(): CabacWriter {
  const bytes: number[] = [];
  let [low, range, outstanding] = [0, 510, 0];
  let [isFirst, held, count] = [true, 0, 0];
  const bit = (value: number): void => {
    held = (held << 1) | value;
    if (++count < 8) return;
    bytes.push(held);
    held = 0;
    count = 0;
  };
  const put = (value: number): void => {
    if (isFirst) isFirst = false;
    else bit(value);
    for (; outstanding > 0; outstanding--) bit(1 - value);
  };
  const settle = (): void => {
    if (low < 256) put(0);
    else if (low >= 512) {
      low -= 512;
      put(1);
    } else {
      low -= 256;
      outstanding++;
    }
  };
  const renormalise = (): void => {
    while (range < 256) {
      settle();
      range <<= 1;
      low <<= 1;
    }
  };
  return {
    decision: (known, value) => {
      const part = RANGES[known.state]?.[(range >> 6) & 3] ?? 2;
      range -= part;
      if (value === known.probable) known.state = Math.min(62, known.state + 1);
      else {
        low += range;
        range = part;
        if (known.state === 0) known.probable = 1 - known.probable;
        known.state = AFTER_LESS_PROBABLE[known.state] ?? 0;
      }
      renormalise();
    },
    bypass: (value, size) => {
      for (let at = size - 1; at >= 0; at--) {
        low <<= 1;
        if ((value >> at) & 1) low += range;
        if (low >= 1024) {
          put(1);
          low -= 1024;
        } else if (low < 512) put(0);
        else {
          low -= 512;
          outstanding++;
        }
      }
    },
    terminate: (value) => {
      range -= 2;
      if (value === 1) {
        low += range;
        range = 2;
        renormalise();
        put((low >> 9) & 1);
        // the last of these two bits is the stop bit of the trailing bits
        bit((low >> 8) & 1);
        bit(1);
        while (count !== 0) bit(0);
      } else renormalise();
    },
    bytes: () => Uint8Array.from(bytes),
  };
}
