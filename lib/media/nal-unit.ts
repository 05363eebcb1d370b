/** What H.264 and H.265 share about NAL units: start codes, emulation prevention, trailing bits. */

/** NAL units found behind the start codes of Annex B; bytes before the first start code are the first unit. Never empty ones. */
export function splitAnnexB(bytes: Uint8Array): readonly Uint8Array[] {
  const units: Uint8Array[] = [];
  let start = 0;
  const push = (end: number): void => {
    let last = end;
    while (last > start && bytes[last - 1] === 0) last--;
    if (last > start) units.push(bytes.subarray(start, last));
  };
  for (let at = bytes.indexOf(1, 2); at >= 2; at = bytes.indexOf(1, at + 1)) {
    if (bytes[at - 1] !== 0 || bytes[at - 2] !== 0 || at - 2 < start) continue;
    push(at - 2);
    start = at + 1;
  }
  if (start === 0) return bytes.length === 0 ? [] : [bytes];
  push(bytes.length);
  return units;
}

/** Whether the three bytes of a start code occur: inside one NAL unit they can't (H.264 7.4.1, H.265 7.4.2). */
export function hasStartCode(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(1, 2); at >= 2; at = bytes.indexOf(1, at + 1)) if (bytes[at - 1] === 0 && bytes[at - 2] === 0) return true;
  return false;
}

/** The raw byte sequence payload: emulation prevention bytes (00 00 03) taken out. */
export function withoutEmulationPrevention(bytes: Uint8Array): Uint8Array {
  const raw = new Uint8Array(bytes.length);
  let length = 0;
  let zeros = 0;
  for (const byte of bytes) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    raw[length++] = byte;
  }
  return raw.subarray(0, length);
}

/** How many bits of a raw payload come before `rbsp_trailing_bits()`: all before the last 1; 0 where there is none. */
export function payloadBits(raw: Uint8Array): number {
  for (let index = raw.length - 1; index >= 0; index--) {
    const byte = raw[index] as number;
    if (byte !== 0) return index * 8 + 7 - Math.log2(byte & -byte);
  }
  return 0;
}

/** Whether a slice begins with its first bit set: `first_mb_in_slice` 0 or `first_slice_segment_in_pic_flag`. */
export const firstBit = (bytes: Uint8Array, index: number): boolean => ((bytes[index] ?? 0) & 0x80) !== 0;

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, index) => byte === b[index]);
