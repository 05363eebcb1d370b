/** Reads bits, most significant first, and the Exp-Golomb codes of H.264 9.1 and H.265 9.2. */

/** The bits do not say what they should; the message is a sentence. The only error that the parsers of this folder throw. */
export class BitstreamError extends Error {
  override readonly name = 'BitstreamError';
}

export interface BitReader {
  /** An unsigned number of `count` bits, 0 to 32. */
  bits(count: number): number;
  flag(): boolean;
  /** ue(v), at most 2^32 - 2 */
  ue(): number;
  /** se(v) */
  se(): number;
  skip(count: number): void;
  /** Bits read so far. */
  position(): number;
  /** Bits that are left. */
  left(): number;
}

/** Every read past the end throws `BitstreamError`, so that no loop over read values is endless. */
export function bitReader(bytes: Uint8Array): BitReader {
  const size = bytes.length * 8;
  let at = 0;
  const claim = (count: number): void => {
    if (at + count > size) throw new BitstreamError(`The data ends after ${bytes.length} bytes, before the value that begins at bit ${at}.`);
  };
  const bits = (count: number): number => {
    claim(count);
    let value = 0;
    for (const end = at + count; at < end; at++) value = value * 2 + (((bytes[at >> 3] as number) >> (7 - (at & 7))) & 1);
    return value;
  };
  const ue = (): number => {
    const start = at;
    let zeros = 0;
    while (bits(1) === 0) if (++zeros > 31) throw new BitstreamError(`The Exp-Golomb code at bit ${start} is longer than 32 bits.`);
    return 2 ** zeros - 1 + bits(zeros);
  };
  return {
    bits,
    ue,
    flag: () => bits(1) === 1,
    se: () => {
      const code = ue();
      return code % 2 === 1 ? (code + 1) / 2 : code === 0 ? 0 : -code / 2;
    },
    skip: (count) => {
      claim(count);
      at += count;
    },
    position: () => at,
    left: () => size - at,
  };
}

/** The number, if it lies between both limits; throws `BitstreamError` naming the field otherwise. */
export function within(name: string, value: number, min: number, max: number): number {
  if (value < min || value > max) throw new BitstreamError(`${name} is ${value}, outside ${min} to ${max}.`);
  return value;
}
