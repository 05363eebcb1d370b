/** RTP packets (RFC 3550 5.1 and 5.3.1): fixed header, contributing sources, extension, padding. */
import type { Deviation } from './deviation-log.ts';

/** The shortest header. */
export const RTP_HEADER_BYTES = 12;

export interface RtpHeader {
  readonly marker: boolean;
  /** 0 to 127 */
  readonly payloadType: number;
  /** 16 bits */
  readonly sequenceNumber: number;
  /** 32 bits, in ticks of the payload's clock */
  readonly timestamp: number;
  /** 32 bits */
  readonly ssrc: number;
  readonly payload: Uint8Array;
}

export interface RtpPacket extends RtpHeader {
  /** 2, or the packet is something else */
  readonly version: number;
  /** bytes of padding, 0 without */
  readonly padding: number;
  /** contributing sources */
  readonly csrcs: readonly number[];
  readonly extension: { readonly profile: number; readonly bytes: Uint8Array } | null;
  /** bytes of the whole packet */
  readonly bytes: number;
  readonly deviations: readonly Deviation[];
}

/** A packet and when it came, in milliseconds of any monotonic clock. */
export interface TimedPacket {
  readonly packet: RtpPacket;
  readonly arrivedAtMs: number;
}

/**
 * One packet; null for fewer bytes than the fixed header has. Never throws. The payload is a view of the bytes, not a copy.
 * Ids of deviations: `rtp-version`, `rtp-csrc-beyond-packet`, `rtp-extension-beyond-packet`, `rtp-padding-length`.
 */
export function parseRtp(bytes: Uint8Array): RtpPacket | null {
  if (bytes.length < RTP_HEADER_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const deviations: Deviation[] = [];
  const first = view.getUint8(0);
  const second = view.getUint8(1);
  const version = first >> 6;
  if (version !== 2) deviations.push({ id: 'rtp-version', detail: `version ${version}` });

  let start = RTP_HEADER_BYTES;
  const csrcs: number[] = [];
  const count = first & 0x0f;
  if (start + count * 4 > bytes.length) deviations.push({ id: 'rtp-csrc-beyond-packet', detail: `${count} sources in ${bytes.length} bytes` });
  else for (const end = start + count * 4; start < end; start += 4) csrcs.push(view.getUint32(start));

  let extension: RtpPacket['extension'] = null;
  if (first & 0x10) {
    const length = start + 4 <= bytes.length ? view.getUint16(start + 2) * 4 : 0;
    if (start + 4 + length > bytes.length) {
      deviations.push({ id: 'rtp-extension-beyond-packet', detail: `${length} bytes of extension in a packet of ${bytes.length}` });
      start = bytes.length;
    } else {
      extension = { profile: view.getUint16(start), bytes: bytes.subarray(start + 4, start + 4 + length) };
      start += 4 + length;
    }
  }

  let padding = first & 0x20 ? view.getUint8(bytes.length - 1) : 0;
  if (first & 0x20 && (padding === 0 || padding > bytes.length - start)) {
    deviations.push({ id: 'rtp-padding-length', detail: `${padding} bytes of padding where ${bytes.length - start} bytes follow the header` });
    padding = 0;
  }
  return {
    version,
    padding,
    csrcs,
    extension,
    marker: (second & 0x80) !== 0,
    payloadType: second & 0x7f,
    sequenceNumber: view.getUint16(2),
    timestamp: view.getUint32(4),
    ssrc: view.getUint32(8),
    payload: bytes.subarray(start, bytes.length - padding),
    bytes: bytes.length,
    deviations,
  };
}

/** A packet of version 2 without padding, extension and contributing sources. */
export function formatRtp({ marker, payloadType, sequenceNumber, timestamp, ssrc, payload }: RtpHeader): Uint8Array {
  const bytes = new Uint8Array(RTP_HEADER_BYTES + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 0x80);
  view.setUint8(1, (marker ? 0x80 : 0) | (payloadType & 0x7f));
  view.setUint16(2, sequenceNumber);
  view.setUint32(4, timestamp);
  view.setUint32(8, ssrc);
  bytes.set(payload, RTP_HEADER_BYTES);
  return bytes;
}
