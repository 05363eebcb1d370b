/** H.265 out of RTP (RFC 7798): single NAL units, aggregation packets, fragmentation units; the types of NAL units (H.265 table 7-1). */
import { type Depacketised, follows, gatherAccessUnits, type NalRole } from './access-unit.ts';
import type { DeviationLog } from './deviation-log.ts';
import { fragmentAssembly } from './fragment-assembly.ts';
import { firstBit, hasStartCode, splitAnnexB } from './nal-unit.ts';
import type { RtpPacket } from './rtp.ts';

export const H265_NAL = {
  blaWithLeading: 16,
  idrWithLeading: 19,
  idr: 20,
  cra: 21,
  vps: 32,
  sps: 33,
  pps: 34,
  delimiter: 35,
  prefixSei: 39,
  aggregation: 48,
  fragmentation: 49,
} as const;

/** 0 to 63 */
export const h265NalType = (nal: Uint8Array): number => ((nal[0] ?? 0) >> 1) & 0x3f;

function roleOf(nal: Uint8Array): NalRole {
  const type = h265NalType(nal);
  const isSlice = type < H265_NAL.vps;
  return {
    isSlice,
    isKey: type >= H265_NAL.blaWithLeading && type <= H265_NAL.cra,
    startsPicture: isSlice && firstBit(nal, 2),
    // 7.4.2.4.4: what begins a new access unit when it comes after a slice
    isPrefix:
      (type >= H265_NAL.vps && type <= H265_NAL.delimiter) || type === H265_NAL.prefixSei || (type >= 41 && type <= 44) || (type >= 48 && type <= 55),
    isParameterSet: type >= H265_NAL.vps && type <= H265_NAL.pps,
  };
}

/**
 * Packets in order of sending (`sequencePackets`) to access units. Never throws; the NAL units are views or copies of the payloads.
 *
 * Ids of deviations, besides those of `gatherAccessUnits` and `fragmentAssembly`: `payload-empty`, `annex-b-in-payload`,
 * `h265-empty-fu` (not allowed, unlike in H.264), `fu-too-short`, `ap-beyond-payload`, `nal-forbidden-bit`, `h265-payload-structure`.
 *
 * @param hasOrderNumbers whether `sprop-max-don-diff` is above 0, which puts decoding order numbers into the payloads
 */
export function depacketiseH265(packets: readonly RtpPacket[], log: DeviationLog, hasOrderNumbers = false): Depacketised {
  const structures = { single: 0, aggregate: 0, fragment: 0, unknown: 0 };
  const fragments = fragmentAssembly(log);
  const units = gatherAccessUnits(log, roleOf, () => false);
  const orderBytes = hasOrderNumbers ? 2 : 0;
  packets.forEach((packet, index) => {
    if (!follows(packets, index)) {
      fragments.lose();
      units.lose();
    }
    const nals = unpack(packet.payload);
    nals.forEach((bytes, at) => {
      if ((bytes[0] as number) & 0x80) log.note('nal-forbidden-bit', `NAL unit of type ${h265NalType(bytes)}`);
      units.push({ bytes, timestamp: packet.timestamp, marker: packet.marker && at === nals.length - 1 });
    });
  });
  return units.finish(structures);

  function unpack(payload: Uint8Array): readonly Uint8Array[] {
    const type = h265NalType(payload);
    if (payload.length === 0) {
      log.note('payload-empty', 'a packet without payload');
      return [];
    }
    if (type === H265_NAL.fragmentation) {
      structures.fragment++;
      return unpackFragment(payload);
    }
    fragments.interrupt();
    if (type === H265_NAL.aggregation) {
      structures.aggregate++;
      return unpackAggregation(payload, hasOrderNumbers, log).flatMap(split);
    }
    if (type < H265_NAL.aggregation) {
      structures.single++;
      if (orderBytes === 0) return split(payload);
      return split(Uint8Array.of(...payload.subarray(0, 2), ...payload.subarray(2 + orderBytes)));
    }
    structures.unknown++;
    log.note('h265-payload-structure', `a payload of type ${type}`);
    return [];
  }

  function unpackFragment(payload: Uint8Array): readonly Uint8Array[] {
    const [first = 0, second = 0, header = 0] = payload;
    const isStart = (header & 0x80) !== 0;
    const start = 3 + (isStart ? orderBytes : 0);
    if (payload.length < start) log.note('fu-too-short', `an FU of ${payload.length} bytes`);
    if (payload.length < start) return [];
    if (payload.length === start) log.note('h265-empty-fu', 'an FU without payload');
    const whole = fragments.add({
      header: Uint8Array.of((first & 0x81) | ((header & 0x3f) << 1), second),
      isStart,
      isEnd: (header & 0x40) !== 0,
      payload: payload.subarray(start),
    });
    return whole ? split(whole) : [];
  }

  function split(nal: Uint8Array): readonly Uint8Array[] {
    if (!hasStartCode(nal)) return [nal];
    const parts = splitAnnexB(nal);
    log.note('annex-b-in-payload', `start codes in a NAL unit of type ${h265NalType(parts[0] ?? nal)} and ${nal.length} bytes`);
    return parts;
  }
}

function unpackAggregation(payload: Uint8Array, hasOrderNumbers: boolean, log: DeviationLog): readonly Uint8Array[] {
  const nals: Uint8Array[] = [];
  for (let at = 2; at < payload.length; ) {
    // DONL (2 bytes) before the first unit, DOND (1 byte) before the others
    if (hasOrderNumbers) at += nals.length === 0 ? 2 : 1;
    const size = ((payload[at] ?? 0) << 8) | (payload[at + 1] ?? 0);
    if (size === 0 || at + 2 + size > payload.length) {
      log.note('ap-beyond-payload', `a unit of ${size} bytes where ${Math.max(0, payload.length - at - 2)} are left`);
      break;
    }
    nals.push(payload.subarray(at + 2, at + 2 + size));
    at += 2 + size;
  }
  return nals;
}
