/** H.264 out of RTP (RFC 6184): single NAL units, STAP-A, FU-A; the types of NAL units (H.264 table 7-1). */
import { type Depacketised, follows, gatherAccessUnits, type NalRole } from './access-unit.ts';
import type { DeviationLog } from './deviation-log.ts';
import { fragmentAssembly } from './fragment-assembly.ts';
import { parseH264Sps } from './h264-sps.ts';
import { firstBit, hasStartCode, splitAnnexB } from './nal-unit.ts';
import type { RtpPacket } from './rtp.ts';

export const H264_NAL = {
  slice: 1,
  partitionA: 2,
  partitionC: 4,
  idr: 5,
  sei: 6,
  sps: 7,
  pps: 8,
  delimiter: 9,
  filler: 12,
  stapA: 24,
  fuA: 28,
} as const;

/** 0 to 31 */
export const h264NalType = (nal: Uint8Array): number => (nal[0] ?? 0) & 0x1f;

function roleOf(nal: Uint8Array): NalRole {
  const type = h264NalType(nal);
  // partitions B and C carry on the slice of their partition A
  const isSlice = type >= H264_NAL.slice && type <= H264_NAL.idr;
  return {
    isSlice,
    isKey: type === H264_NAL.idr,
    startsPicture: isSlice && type !== 3 && type !== H264_NAL.partitionC && firstBit(nal, 1),
    // 7.4.1.2.3: what may only come before the first slice of a primary coded picture
    isPrefix: (type >= H264_NAL.sei && type <= H264_NAL.delimiter) || (type >= 14 && type <= 18),
    isParameterSet: type === H264_NAL.sps || type === H264_NAL.pps,
  };
}

/**
 * Packets in order of sending (`sequencePackets`) to access units. Never throws; the NAL units are views or copies of the payloads.
 *
 * Ids of deviations, besides those of `gatherAccessUnits` and `fragmentAssembly`: `payload-empty`, `annex-b-in-payload`,
 * `h264-empty-fu` (legal), `fu-too-short`, `stap-beyond-payload`, `nal-forbidden-bit`, `h264-payload-structure` (types that
 * packetization modes 0 and 1 do not have).
 *
 * @param interlaced whether fields may occur, where that is known from elsewhere; parameter sets in-band decide for themselves
 */
export function depacketiseH264(packets: readonly RtpPacket[], log: DeviationLog, interlaced = false): Depacketised {
  const structures = { single: 0, aggregate: 0, fragment: 0, unknown: 0 };
  const fragments = fragmentAssembly(log);
  let isInterlaced = interlaced;
  const units = gatherAccessUnits(log, roleOf, () => isInterlaced);
  packets.forEach((packet, index) => {
    if (!follows(packets, index)) {
      fragments.lose();
      units.lose();
    }
    const nals = unpack(packet.payload);
    nals.forEach((bytes, at) => {
      if ((bytes[0] as number) & 0x80) log.note('nal-forbidden-bit', `NAL unit of type ${h264NalType(bytes)}`);
      if (h264NalType(bytes) === H264_NAL.sps) isInterlaced = isInterlacedSps(bytes);
      units.push({ bytes, timestamp: packet.timestamp, marker: packet.marker && at === nals.length - 1 });
    });
  });
  return units.finish(structures);

  function unpack(payload: Uint8Array): readonly Uint8Array[] {
    const type = h264NalType(payload);
    if (payload.length === 0) {
      log.note('payload-empty', 'a packet without payload');
      return [];
    }
    if (type === H264_NAL.fuA) {
      structures.fragment++;
      const [indicator = 0, header = 0] = payload;
      if (payload.length < 2) log.note('fu-too-short', 'an FU-A of 1 byte');
      if (payload.length < 2) return [];
      if (payload.length === 2)
        log.note('h264-empty-fu', `an FU-A without payload, ${header & 0x40 ? 'the last of its unit' : 'not the last of its unit'}`);
      const whole = fragments.add({
        header: Uint8Array.of((indicator & 0xe0) | (header & 0x1f)),
        isStart: (header & 0x80) !== 0,
        isEnd: (header & 0x40) !== 0,
        payload: payload.subarray(2),
      });
      return whole ? split(whole) : [];
    }
    fragments.interrupt();
    if (type === H264_NAL.stapA) {
      structures.aggregate++;
      return unpackStapA(payload, log).flatMap(split);
    }
    // Annex B right at the start of the payload looks like type 0
    if ((type >= 1 && type <= 23) || hasStartCode(payload.subarray(0, 4))) {
      structures.single++;
      return split(payload);
    }
    structures.unknown++;
    log.note('h264-payload-structure', `a payload of type ${type}`);
    return [];
  }

  function split(nal: Uint8Array): readonly Uint8Array[] {
    if (!hasStartCode(nal)) return [nal];
    const parts = splitAnnexB(nal);
    log.note('annex-b-in-payload', `start codes in a NAL unit of type ${h264NalType(parts[0] ?? nal)} and ${nal.length} bytes`);
    return parts;
  }
}

function unpackStapA(payload: Uint8Array, log: DeviationLog): readonly Uint8Array[] {
  const nals: Uint8Array[] = [];
  for (let at = 1; at < payload.length; ) {
    const size = ((payload[at] as number) << 8) | (payload[at + 1] ?? 0);
    if (size === 0 || at + 2 + size > payload.length) {
      log.note('stap-beyond-payload', `a unit of ${size} bytes where ${Math.max(0, payload.length - at - 2)} are left`);
      break;
    }
    nals.push(payload.subarray(at + 2, at + 2 + size));
    at += 2 + size;
  }
  return nals;
}

function isInterlacedSps(nal: Uint8Array): boolean {
  try {
    return !parseH264Sps(nal).frameMbsOnly;
  } catch {
    // an SPS that does not parse is noted by whoever asks for its facts
    return false;
  }
}
