/** Writes bits, most significant first, and the Exp-Golomb codes of H.264 9.1 and H.265 9.2. */

export interface BitWriter {
  /** the lowest `count` bits of an unsigned number, 0 to 32 of them */
  bits(value: number, count: number): void;
  flag(value: boolean): void;
  /** ue(v), 0 to 2^31 - 2 */
  ue(value: number): void;
  /** se(v) */
  se(value: number): void;
  /** zero bits up to the next byte */
  align(): void;
  /** whole bytes; only where the position is that of a byte */
  append(bytes: Uint8Array): void;
  /** a one, then zero bits up to the next byte: `rbsp_trailing_bits()`, and `byte_alignment()` of H.265 */
  stop(): void;
  /** what was written; the position has to be that of a byte */
  bytes(): Uint8Array;
}

export function bitWriter(): BitWriter {
  let buffer = new Uint8Array(256);
  let length = 0;
  let held = 0;
  let count = 0;
  const room = (more: number): void => {
    if (length + more <= buffer.length) return;
    const larger = new Uint8Array(Math.max(buffer.length * 2, length + more));
    larger.set(buffer);
    buffer = larger;
  };
  const bit = (value: number): void => {
    held = (held << 1) | value;
    if (++count < 8) return;
    room(1);
    buffer[length++] = held;
    held = 0;
    count = 0;
  };
  const bits = (value: number, size: number): void => {
    for (let at = size - 1; at >= 0; at--) bit((value >>> at) & 1);
  };
  const ue = (value: number): void => {
    const size = 32 - Math.clz32(value + 1);
    bits(0, size - 1);
    bits(value + 1, size);
  };
  const demandByte = (): void => {
    if (count !== 0) throw new Error(`The bits written end ${count} bits into a byte.`);
  };
  const align = (): void => {
    while (count !== 0) bit(0);
  };
  return {
    bits,
    flag: (value) => bit(value ? 1 : 0),
    ue,
    se: (value) => ue(value > 0 ? 2 * value - 1 : -2 * value),
    align,
    append: (bytes) => {
      demandByte();
      room(bytes.length);
      buffer.set(bytes, length);
      length += bytes.length;
    },
    stop: () => {
      bit(1);
      align();
    },
    bytes: () => {
      demandByte();
      return buffer.slice(0, length);
    },
  };
}

/** A NAL unit: its header, then the payload with emulation prevention (00 00 03) put in (H.264 7.4.1, H.265 7.4.2). */
export function nalUnit(header: readonly number[], payload: Uint8Array): Uint8Array {
  const unit = new Uint8Array(header.length + payload.length + (payload.length >> 1) + 1);
  unit.set(header);
  let length = header.length;
  let zeros = 0;
  for (const byte of payload) {
    if (zeros >= 2 && byte <= 3) {
      unit[length++] = 3;
      zeros = 0;
    }
    unit[length++] = byte;
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return unit.slice(0, length);
}

/** A NAL unit of filler data, `length` bytes in all: `0xff`, and the trailing bits. */
export function fillerUnit(header: readonly number[], length: number): Uint8Array {
  const unit = new Uint8Array(Math.max(length, header.length + 1)).fill(0xff);
  unit.set(header);
  unit[unit.length - 1] = 0x80;
  return unit;
}
