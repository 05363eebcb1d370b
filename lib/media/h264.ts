/** H.264 out of RTP (RFC 6184): single NAL units, STAP-A, FU-A; the types of NAL units (H.264 table 7-1). */
import type { Depacketised, NalRole } from './access-unit.ts';
import type { DeviationLog } from './deviation-log.ts';
import type { Fragment } from './fragment-assembly.ts';
import { parseH264Sps } from './h264-sps.ts';
import { aggregatedUnits, depacketise } from './nal-payloads.ts';
import { firstBit, hasStartCode } from './nal-unit.ts';
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
 * Ids of deviations, besides those of `depacketise`: `h264-empty-fu` (legal), `fu-too-short`, `stap-beyond-payload`,
 * `h264-payload-structure` (types that packetization modes 0 and 1 do not have).
 *
 * @param interlaced whether fields may occur, where that is known from elsewhere; parameter sets in-band decide for themselves
 */
export function depacketiseH264(packets: readonly RtpPacket[], log: DeviationLog, interlaced = false): Depacketised {
  let isInterlaced = interlaced;
  return depacketise(packets, log, {
    typeOf: h264NalType,
    roleOf,
    unknownId: 'h264-payload-structure',
    structureOf,
    single: (payload) => payload,
    aggregated: (payload) => aggregatedUnits(payload, log, { from: 1, beforeUnit: () => 0, beyondId: 'stap-beyond-payload' }),
    fragment: (payload) => fragmentOf(payload, log),
    sees: (nal) => {
      if (h264NalType(nal) === H264_NAL.sps) isInterlaced = isInterlacedSps(nal);
    },
    isInterlaced: () => isInterlaced,
  });
}

function structureOf(payload: Uint8Array): keyof Depacketised['structures'] {
  const type = h264NalType(payload);
  if (type === H264_NAL.fuA) return 'fragment';
  if (type === H264_NAL.stapA) return 'aggregate';
  // Annex B right at the start of the payload looks like type 0
  return (type >= 1 && type <= 23) || hasStartCode(payload.subarray(0, 4)) ? 'single' : 'unknown';
}

function fragmentOf(payload: Uint8Array, log: DeviationLog): Fragment | null {
  const [indicator = 0, header = 0] = payload;
  const isEnd = (header & 0x40) !== 0;
  if (payload.length < 2) {
    log.note('fu-too-short', 'an FU-A of 1 byte');
    return null;
  }
  if (payload.length === 2) log.note('h264-empty-fu', `an FU-A without payload, ${isEnd ? 'the last of its unit' : 'not the last of its unit'}`);
  return {
    header: Uint8Array.of((indicator & 0xe0) | (header & 0x1f)),
    isStart: (header & 0x80) !== 0,
    isEnd,
    payload: payload.subarray(2),
  };
}

function isInterlacedSps(nal: Uint8Array): boolean {
  try {
    return !parseH264Sps(nal).frameMbsOnly;
  } catch {
    // an SPS that does not parse is noted by whoever asks for its facts
    return false;
  }
}
