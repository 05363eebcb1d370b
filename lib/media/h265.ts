/** H.265 out of RTP (RFC 7798): single NAL units, aggregation packets, fragmentation units; the types of NAL units (H.265 table 7-1). */
import type { Depacketised, NalRole } from './access-unit.ts';
import type { DeviationLog } from './deviation-log.ts';
import type { Fragment } from './fragment-assembly.ts';
import { aggregatedUnits, depacketise } from './nal-payloads.ts';
import { firstBit } from './nal-unit.ts';
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
 * Ids of deviations, besides those of `depacketise`: `h265-empty-fu` (not allowed, unlike in H.264), `fu-too-short`, `ap-beyond-payload`,
 * `h265-payload-structure`.
 *
 * @param hasOrderNumbers whether `sprop-max-don-diff` is above 0, which puts decoding order numbers into the payloads
 */
export function depacketiseH265(packets: readonly RtpPacket[], log: DeviationLog, hasOrderNumbers = false): Depacketised {
  const orderBytes = hasOrderNumbers ? 2 : 0;
  return depacketise(packets, log, {
    typeOf: h265NalType,
    roleOf,
    unknownId: 'h265-payload-structure',
    structureOf,
    single: (payload) => (orderBytes === 0 ? payload : Uint8Array.of(...payload.subarray(0, 2), ...payload.subarray(2 + orderBytes))),
    // DONL (2 bytes) before the first unit, DOND (1 byte) before the others
    aggregated: (payload) =>
      aggregatedUnits(payload, log, { from: 2, beforeUnit: (index) => (hasOrderNumbers ? (index === 0 ? 2 : 1) : 0), beyondId: 'ap-beyond-payload' }),
    fragment: (payload) => fragmentOf(payload, orderBytes, log),
    isInterlaced: () => false,
  });
}

function structureOf(payload: Uint8Array): keyof Depacketised['structures'] {
  const type = h265NalType(payload);
  if (type === H265_NAL.fragmentation) return 'fragment';
  return type === H265_NAL.aggregation ? 'aggregate' : type < H265_NAL.aggregation ? 'single' : 'unknown';
}

function fragmentOf(payload: Uint8Array, orderBytes: number, log: DeviationLog): Fragment | null {
  const [first = 0, second = 0, header = 0] = payload;
  const isStart = (header & 0x80) !== 0;
  const start = 3 + (isStart ? orderBytes : 0);
  if (payload.length < start) {
    log.note('fu-too-short', `an FU of ${payload.length} bytes`);
    return null;
  }
  if (payload.length === start) log.note('h265-empty-fu', 'an FU without payload');
  return {
    header: Uint8Array.of((first & 0x81) | ((header & 0x3f) << 1), second),
    isStart,
    isEnd: (header & 0x40) !== 0,
    payload: payload.subarray(start),
  };
}
