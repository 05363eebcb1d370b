/** What a receiver counts of one RTP source (RFC 3550, A.1, A.3 and A.8) for its reports. Checks count for themselves. */

export interface ReportBlock {
  readonly ssrc: number;
  /** of 256, since the last report */
  readonly fractionLost: number;
  /** 24 bits, signed */
  readonly lost: number;
  /** with the count of wraps in the upper 16 bits */
  readonly highestSequence: number;
  /** units of the media clock */
  readonly jitter: number;
  /** middle 32 bits of the last sender report's NTP time; 0 before one */
  readonly lastSr: number;
  /** in 1/65536 s */
  readonly delaySinceLastSr: number;
}

export interface Reception {
  /** Takes an RTP packet; `arrivedAt` in ms. What is no RTP is passed over. */
  rtp(packet: Uint8Array, arrivedAt: number): void;
  /** Takes a compound RTCP packet, for the time of a sender report. */
  rtcp(packet: Uint8Array, arrivedAt: number): void;
  /** null before the first packet. Each call ends an interval of loss. */
  report(now: number): ReportBlock | null;
}

const RTP_HEADER_BYTES = 12;
const SENDER_REPORT = 200;
/** A jump of more than this is a restart, not loss (A.1). */
const MAX_DROPOUT = 3000;

export const createReception = (clockRate: number): Reception => {
  let ssrc: number | null = null;
  let base = 0;
  let highest = 0;
  let cycles = 0;
  let received = 0;
  let expectedBefore = 0;
  let receivedBefore = 0;
  let transit: number | null = null;
  let jitter = 0;
  let lastSr = 0;
  let lastSrAt = 0;

  const restart = (source: number, sequence: number): void => {
    ssrc = source;
    base = sequence;
    highest = sequence;
    cycles = 0;
    received = 0;
    expectedBefore = 0;
    receivedBefore = 0;
    transit = null;
    jitter = 0;
  };

  return {
    rtp(packet, arrivedAt) {
      if (packet.length < RTP_HEADER_BYTES || (packet[0] as number) >> 6 !== 2) return;
      const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
      const sequence = view.getUint16(2);
      const source = view.getUint32(8);
      if (source !== ssrc) restart(source, sequence);
      const ahead = (sequence - highest) & 0xffff;
      if (ahead < MAX_DROPOUT) {
        if (sequence < highest) cycles += 0x1_0000;
        highest = sequence;
      } else if (ahead < 0x1_0000 - 100) restart(source, sequence);
      received += 1;
      const now = (arrivedAt / 1000) * clockRate - view.getUint32(4);
      // The timestamp wraps at 32 bits; a step of that size is no jitter.
      if (transit !== null && Math.abs(now - transit) < 2 ** 31) jitter += (Math.abs(now - transit) - jitter) / 16;
      transit = now;
    },
    rtcp(packet, arrivedAt) {
      if (packet.length < 28 || (packet[0] as number) >> 6 !== 2 || packet[1] !== SENDER_REPORT) return;
      lastSr = new DataView(packet.buffer, packet.byteOffset, packet.byteLength).getUint32(10);
      lastSrAt = arrivedAt;
    },
    report(now) {
      if (ssrc === null) return null;
      const expected = cycles + highest - base + 1;
      const expectedNow = expected - expectedBefore;
      const lostNow = expectedNow - (received - receivedBefore);
      expectedBefore = expected;
      receivedBefore = received;
      return {
        ssrc,
        fractionLost: expectedNow <= 0 || lostNow <= 0 ? 0 : Math.min(255, Math.floor((lostNow * 256) / expectedNow)),
        lost: Math.max(-0x80_0000, Math.min(0x7f_ffff, expected - received)),
        highestSequence: (cycles + highest) >>> 0,
        jitter: Math.min(0xffff_ffff, Math.floor(jitter)),
        lastSr,
        delaySinceLastSr: lastSr === 0 ? 0 : Math.min(0xffff_ffff, Math.round(((now - lastSrAt) / 1000) * 65_536)),
      };
    },
  };
};
