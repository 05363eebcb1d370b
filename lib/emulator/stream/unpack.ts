/** The way back from RTP payloads to NAL units, for cameras that pack them otherwise. */
import type { Program } from './program.ts';

export type Codec = 'h264' | 'h265';

/** Null for what is no picture. */
export function codecOf({ media, attributes }: Program): Codec | null {
  if (media !== 'video') return null;
  return attributes.some((line) => line.includes('H265/')) ? 'h265' : 'h264';
}

interface Unpacking {
  readonly headerBytes: number;
  readonly typeOf: (payload: Uint8Array) => number;
  readonly aggregate: number;
  readonly fragment: number;
  /** header of the unit that a fragment belongs to */
  readonly header: (payload: Uint8Array) => readonly number[];
  readonly parameterSets: readonly number[];
}

const UNPACKING: Readonly<Record<Codec, Unpacking>> = {
  h264: {
    headerBytes: 1,
    typeOf: ([first = 0]) => first & 0x1f,
    aggregate: 24,
    fragment: 28,
    header: ([indicator = 0, fragment = 0]) => [(indicator & 0xe0) | (fragment & 0x1f)],
    parameterSets: [7, 8],
  },
  h265: {
    headerBytes: 2,
    typeOf: ([first = 0]) => first >> 1,
    aggregate: 48,
    fragment: 49,
    header: ([first = 0, second = 0, fragment = 0]) => [(first & 0x81) | ((fragment & 0x3f) << 1), second],
    parameterSets: [32, 33, 34],
  },
};

export const isParameterSet = (nal: Uint8Array, codec: Codec): boolean => UNPACKING[codec].parameterSets.includes(UNPACKING[codec].typeOf(nal));

/** The NAL units of the payloads that `packetise` made of one picture. */
export function unpacked(payloads: readonly Uint8Array[], codec: Codec): readonly Uint8Array[] {
  const { headerBytes, typeOf, aggregate, fragment, header } = UNPACKING[codec];
  const nals: Uint8Array[] = [];
  let parts: Uint8Array[] = [];
  for (const payload of payloads) {
    const type = typeOf(payload);
    if (type === aggregate) {
      for (let at = headerBytes; at < payload.length; ) {
        const size = ((payload[at] as number) << 8) | (payload[at + 1] as number);
        nals.push(payload.subarray(at + 2, at + 2 + size));
        at += 2 + size;
      }
    } else if (type === fragment) {
      const flags = payload[headerBytes] as number;
      if (flags & 0x80) parts = [Uint8Array.from(header(payload))];
      parts.push(payload.subarray(headerBytes + 1));
      if (flags & 0x40) nals.push(Buffer.concat(parts));
    } else nals.push(payload);
  }
  return nals;
}
