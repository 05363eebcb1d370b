/** RTCP (RFC 3550 6): compound packets read leniently; receiver reports written, which keep some cameras' sessions alive. */
import { type Deviation, deviationLog } from './deviation-log.ts';

export interface ReportBlock {
  readonly ssrc: number;
  /** 0 to 1, in steps of 1/256 */
  readonly fractionLost: number;
  /** signed, 24 bits */
  readonly lost: number;
  /** highest sequence number received, extended to 32 bits */
  readonly highestSequence: number;
  /** in ticks of the RTP clock */
  readonly jitter: number;
  /** middle 32 bits of the NTP time of the last sender report; 0 when there was none */
  readonly lastSenderReport: number;
  /** since then, in 1/65536 s */
  readonly delay: number;
}

export type RtcpPacket =
  | {
      readonly kind: 'sender-report';
      readonly ssrc: number;
      /** NTP time as sent, seconds since 1900 with fraction */
      readonly ntpSeconds: number;
      /** the same in milliseconds since 1970; below zero for a clock that was never set */
      readonly wallClockMs: number;
      /** middle 32 bits of the NTP time, for `lastSenderReport` */
      readonly ntpMiddle: number;
      readonly rtpTimestamp: number;
      readonly packetCount: number;
      readonly octetCount: number;
      readonly reports: readonly ReportBlock[];
    }
  | { readonly kind: 'receiver-report'; readonly ssrc: number; readonly reports: readonly ReportBlock[] }
  | { readonly kind: 'source-description'; readonly sources: readonly { readonly ssrc: number; readonly cname: string | null }[] }
  | { readonly kind: 'goodbye'; readonly ssrcs: readonly number[] }
  | { readonly kind: 'other'; readonly packetType: number };

export interface RtcpCompound {
  readonly packets: readonly RtcpPacket[];
  readonly deviations: readonly Deviation[];
}

const SENDER_REPORT = 200;
const RECEIVER_REPORT = 201;
const SOURCE_DESCRIPTION = 202;
const GOODBYE = 203;
/** from 1900 to 1970 */
const NTP_EPOCH_SECONDS = 2_208_988_800;
const REPORT_BYTES = 24;

/**
 * Never throws. Ids of deviations: `rtcp-too-short`, `rtcp-version`, `rtcp-length` (beyond the datagram, or too short for what it
 * announces), `rtcp-first-not-report`, `rtcp-no-description` (the compound has no SDES).
 */
export function parseRtcp(bytes: Uint8Array): RtcpCompound {
  const log = deviationLog();
  const packets: RtcpPacket[] = [];
  const types: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (bytes.length - at < 4) {
      log.note('rtcp-too-short', `${bytes.length - at} bytes after ${packets.length} packets`);
      break;
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset + at, bytes.length - at);
    const version = view.getUint8(0) >> 6;
    if (version !== 2) {
      log.note('rtcp-version', `version ${version}`);
      break;
    }
    const length = (view.getUint16(2) + 1) * 4;
    if (length > view.byteLength) {
      log.note('rtcp-length', `${length} bytes announced, ${view.byteLength} there`);
      break;
    }
    const packet = parseOne(new DataView(view.buffer, view.byteOffset, length));
    types.push(view.getUint8(1));
    if (packet) packets.push(packet);
    else log.note('rtcp-length', `${length} bytes are too few for a packet of type ${view.getUint8(1)}`);
    at += length;
  }
  if (bytes.length === 0) log.note('rtcp-too-short', 'no bytes');
  const [first] = types;
  if (first !== undefined && first !== SENDER_REPORT && first !== RECEIVER_REPORT) log.note('rtcp-first-not-report', `type ${first}`);
  if (first !== undefined && !types.includes(SOURCE_DESCRIPTION)) log.note('rtcp-no-description', `types ${types.join(', ')}`);
  return { packets, deviations: log.list() };
}

function parseOne(view: DataView): RtcpPacket | null {
  const count = view.getUint8(0) & 0x1f;
  const packetType = view.getUint8(1);
  if (packetType === SENDER_REPORT) {
    if (view.byteLength < 28 + count * REPORT_BYTES) return null;
    const ntpSeconds = view.getUint32(8) + view.getUint32(12) / 2 ** 32;
    return {
      kind: 'sender-report',
      ssrc: view.getUint32(4),
      ntpSeconds,
      wallClockMs: (ntpSeconds - NTP_EPOCH_SECONDS) * 1000,
      ntpMiddle: view.getUint32(10),
      rtpTimestamp: view.getUint32(16),
      packetCount: view.getUint32(20),
      octetCount: view.getUint32(24),
      reports: parseReports(view, 28, count),
    };
  }
  if (packetType === RECEIVER_REPORT) {
    if (view.byteLength < 8 + count * REPORT_BYTES) return null;
    return { kind: 'receiver-report', ssrc: view.getUint32(4), reports: parseReports(view, 8, count) };
  }
  if (packetType === SOURCE_DESCRIPTION) return parseDescription(view, count);
  if (packetType === GOODBYE) {
    if (view.byteLength < 4 + count * 4) return null;
    return { kind: 'goodbye', ssrcs: Array.from({ length: count }, (_, index) => view.getUint32(4 + index * 4)) };
  }
  return { kind: 'other', packetType };
}

const parseReports = (view: DataView, start: number, count: number): readonly ReportBlock[] =>
  Array.from({ length: count }, (_, index) => {
    const at = start + index * REPORT_BYTES;
    return {
      ssrc: view.getUint32(at),
      fractionLost: view.getUint8(at + 4) / 256,
      lost: (view.getInt32(at + 4) << 8) >> 8,
      highestSequence: view.getUint32(at + 8),
      jitter: view.getUint32(at + 12),
      lastSenderReport: view.getUint32(at + 16),
      delay: view.getUint32(at + 20),
    };
  });

function parseDescription(view: DataView, count: number): RtcpPacket | null {
  const sources: { ssrc: number; cname: string | null }[] = [];
  let at = 4;
  while (sources.length < count) {
    if (at + 4 > view.byteLength) return null;
    const ssrc = view.getUint32(at);
    let cname: string | null = null;
    at += 4;
    while (at < view.byteLength && view.getUint8(at) !== 0) {
      const length = at + 1 < view.byteLength ? view.getUint8(at + 1) : view.byteLength;
      if (at + 2 + length > view.byteLength) return null;
      if (view.getUint8(at) === 1) cname = Buffer.from(view.buffer, view.byteOffset + at + 2, length).toString('utf8');
      at += 2 + length;
    }
    // an item list ends with at least one zero, at a multiple of four bytes
    at = (at >> 2) * 4 + 4;
    sources.push({ ssrc, cname });
  }
  return { kind: 'source-description', sources };
}
