/** One track on its way to one client: RTP (RFC 3550) with a sequence, a time line and a source identifier of its own. */
import { randomBytes } from 'node:crypto';
import type { Program } from './program.ts';
import type { Receiver } from './source.ts';

/** How packets reach the client. */
export interface Carrier {
  /** RTP packets of one unit; false where the client does not keep up, and nothing of it was sent */
  rtp(packets: readonly RtpPacket[]): boolean;
  rtcp(packet: Uint8Array): void;
}

export interface RtpPacket {
  /** 12 bytes */
  readonly header: Buffer;
  readonly payload: Uint8Array;
}

export interface RtpSender extends Receiver {
  /** eight hexadecimal digits, as in the Transport header */
  readonly ssrc: string;
  /** sequence number and timestamp of the next packet, as in RTP-Info */
  position(): { readonly seq: number; readonly rtptime: number };
}

export interface RtpSenderParts {
  readonly program: Program;
  readonly carrier: Carrier;
  /** changes a packet or, by null, drops it; to plant faults */
  readonly tamper?: ((packet: RtpPacket) => RtpPacket | null) | undefined;
  /** the same for packets of RTCP */
  readonly reportTamper?: ((packet: Buffer) => Buffer | null) | undefined;
  /** where the sequence number and the timestamp begin; random without it */
  readonly start?: { readonly seq: number; readonly rtptime: number } | undefined;
}

const VERSION = 0x80;
const REPORT_SECONDS = 5;
/** from 1900, where NTP begins, to 1970 */
const NTP_SECONDS = 2_208_988_800;

export function createRtpSender({ program, carrier, tamper, reportTamper = (packet) => packet, start }: RtpSenderParts): RtpSender {
  const random = randomBytes(10);
  const ssrc = random.readUInt32BE(0);
  const firstTime = start?.rtptime ?? random.readUInt32BE(4);
  let seq = start?.seq ?? random.readUInt16BE(8);
  let index = 0;
  let [packets, octets] = [0, 0];
  /** after a loss nothing is sent before a unit that can be decoded by itself */
  let isWaiting = false;
  /** the same after units that were never made: no packet of them is missing */
  let isSkipping = false;

  const timeOf = (unit: number): number => (firstTime + Math.round((unit * program.clockRate) / program.unitsPerSecond)) % 2 ** 32;
  const wrap = (payload: Uint8Array, marker: boolean): RtpPacket => {
    const header = Buffer.allocUnsafe(12);
    header[0] = VERSION;
    header[1] = program.payloadType | (marker ? 0x80 : 0);
    header.writeUInt16BE(seq, 2);
    header.writeUInt32BE(timeOf(index), 4);
    header.writeUInt32BE(ssrc, 8);
    seq = (seq + 1) & 0xffff;
    return { header, payload };
  };
  const report = (): void => {
    const packet = reportTamper(senderReport(ssrc, timeOf(index), packets, octets));
    if (packet !== null) carrier.rtcp(packet);
  };
  const reportEvery = Math.max(1, Math.round(REPORT_SECONDS * program.unitsPerSecond));

  return {
    ssrc: ssrc.toString(16).padStart(8, '0'),
    position: () => ({ seq, rtptime: timeOf(index) }),
    skip: (units) => {
      index += units;
      isSkipping = true;
    },
    next: () => {
      const { payloads, marker, isStart } = program.unit(index);
      if (isStart) isWaiting = isSkipping = false;
      if (isSkipping) {
        index++;
        return;
      }
      let wrapped = payloads.map((payload, at) => wrap(payload, marker && at === payloads.length - 1));
      if (tamper) wrapped = wrapped.map(tamper).filter((packet) => packet !== null);
      if (!isWaiting) {
        if (index % reportEvery === 0) report();
        if (carrier.rtp(wrapped)) {
          packets += wrapped.length;
          for (const { payload } of wrapped) octets += payload.length;
        } else isWaiting = true;
      }
      index++;
    },
  };
}

const NAME = Buffer.from('camera');

/** A sender report and the name of the source, which RFC 3550 6.1 demands in one packet. */
function senderReport(ssrc: number, rtptime: number, packets: number, octets: number): Buffer {
  const now = Date.now();
  const report = Buffer.alloc(28 + 20);
  report.writeUInt32BE(0x80c80006, 0);
  report.writeUInt32BE(ssrc, 4);
  report.writeUInt32BE((Math.floor(now / 1000) + NTP_SECONDS) % 2 ** 32, 8);
  report.writeUInt32BE(Math.floor(((now % 1000) / 1000) * 2 ** 32), 12);
  report.writeUInt32BE(rtptime, 16);
  report.writeUInt32BE(packets % 2 ** 32, 20);
  report.writeUInt32BE(octets % 2 ** 32, 24);
  report.writeUInt32BE(0x81ca0004, 28);
  report.writeUInt32BE(ssrc, 32);
  report[36] = 1; // CNAME
  report[37] = NAME.length;
  NAME.copy(report, 38);
  return report;
}
