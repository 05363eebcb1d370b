/** NAL units as RTP payloads: RFC 6184 (H.264, packetization-mode 1) and RFC 7798 (H.265). */

/** Bytes of a payload at most, so that no datagram is split on its way. */
export const MAX_PAYLOAD = 1400;

/** One coding's packet types and the bytes of its NAL unit header. */
interface Packing {
  readonly headerBytes: number;
  /** the packet that holds several units */
  readonly aggregate: (units: readonly Uint8Array[]) => Uint8Array;
  /** header of a fragment */
  readonly fragment: (unit: Uint8Array, isFirst: boolean, isLast: boolean) => readonly number[];
}

const H264: Packing = {
  headerBytes: 1,
  aggregate: (units) => joined([(Math.max(...units.map((unit) => (unit[0] as number) & 0x60)) | 24) as number], units),
  fragment: (unit, isFirst, isLast) => {
    const header = unit[0] as number;
    return [(header & 0xe0) | 28, (isFirst ? 0x80 : 0) | (isLast ? 0x40 : 0) | (header & 0x1f)];
  },
};

const H265: Packing = {
  headerBytes: 2,
  aggregate: (units) => joined([48 << 1, 1], units),
  fragment: (unit, isFirst, isLast) => {
    const [first, second] = unit as unknown as [number, number];
    return [(first & 0x81) | (49 << 1), second, (isFirst ? 0x80 : 0) | (isLast ? 0x40 : 0) | ((first >> 1) & 0x3f)];
  },
};

/** The payloads of one picture. Units next to each other that fit share a packet; one that is too long is split. */
export function packetise(codec: 'h264' | 'h265', units: readonly Uint8Array[]): readonly Uint8Array[] {
  const packing = codec === 'h264' ? H264 : H265;
  const payloads: Uint8Array[] = [];
  let waiting: Uint8Array[] = [];
  const flush = (): void => {
    if (waiting.length > 1) payloads.push(packing.aggregate(waiting));
    else payloads.push(...waiting);
    waiting = [];
  };
  for (const unit of units) {
    const held = waiting.reduce((sum, each) => sum + 2 + each.length, packing.headerBytes);
    if (held + 2 + unit.length > MAX_PAYLOAD) flush();
    if (unit.length <= MAX_PAYLOAD) waiting.push(unit);
    else payloads.push(...fragments(packing, unit));
  }
  flush();
  return payloads;
}

function fragments({ headerBytes, fragment }: Packing, unit: Uint8Array): Uint8Array[] {
  const result: Uint8Array[] = [];
  const room = MAX_PAYLOAD - headerBytes - 1;
  for (let at = headerBytes; at < unit.length; at += room) {
    const header = fragment(unit, at === headerBytes, at + room >= unit.length);
    const part = unit.subarray(at, at + room);
    const payload = new Uint8Array(header.length + part.length);
    payload.set(header);
    payload.set(part, header.length);
    result.push(payload);
  }
  return result;
}

function joined(header: readonly number[], units: readonly Uint8Array[]): Uint8Array {
  const payload = new Uint8Array(units.reduce((sum, { length }) => sum + 2 + length, header.length));
  payload.set(header);
  let at = header.length;
  for (const unit of units) {
    payload.set([unit.length >> 8, unit.length & 0xff], at);
    payload.set(unit, at + 2);
    at += 2 + unit.length;
  }
  return payload;
}
