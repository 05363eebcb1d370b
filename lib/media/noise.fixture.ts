/** Hostile input for the tests of parsers: the same bytes in every run. */

/**
 * `count` byte arrays: one third random, the others mutations of `valid` (bits flipped, cut, doubled, spliced).
 * The generator is xorshift32 with a fixed seed.
 */
export function* noise(count: number, valid: Uint8Array): Generator<Uint8Array> {
  let state = 0x2545f491;
  const below = (limit: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % Math.max(1, limit);
  };
  for (let round = 0; round < count; round++) {
    if (round % 3 === 0) {
      yield Uint8Array.from({ length: below(200) }, () => below(256));
      continue;
    }
    const bytes = Uint8Array.from(valid);
    for (let flips = below(6); flips >= 0; flips--) {
      const at = below(bytes.length);
      if (bytes.length > 0) bytes[at] = (bytes[at] as number) ^ (1 << below(8));
    }
    const cut = below(bytes.length + 1);
    if (round % 5 === 0) yield bytes.subarray(0, cut);
    else if (round % 7 === 0) yield join(bytes, bytes.subarray(cut));
    else if (round % 11 === 0) yield join(bytes.subarray(cut), bytes.subarray(0, cut));
    else yield bytes;
  }
}

const join = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
