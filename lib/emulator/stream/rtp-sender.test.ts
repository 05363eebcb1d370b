import { describe, expect, it } from 'vitest';
import type { Program } from './program.ts';
import { createRtpSender, type RtpPacket } from './rtp-sender.ts';

const program: Program = {
  media: 'video',
  payloadType: 96,
  attributes: [],
  clockRate: 90_000,
  unitsPerSecond: 25,
  kilobits: null,
  unit: (index) => ({ payloads: [Uint8Array.of(index), Uint8Array.of(index, 1)], marker: true, isStart: index % 10 === 0 }),
};

function stage(isTaken: (unit: number) => boolean = () => true) {
  const packets: RtpPacket[] = [];
  const reports: Uint8Array[] = [];
  const carrier = {
    rtp: (sent: readonly RtpPacket[]) => {
      const taken = isTaken(sent[0]?.payload[0] ?? 0);
      if (taken) packets.push(...sent);
      return taken;
    },
    rtcp: (report: Uint8Array) => reports.push(report),
  };
  const sender = createRtpSender({ program, carrier });
  return { sender, packets, reports, play: (units: number) => Array.from({ length: units }, () => sender.next()) };
}

describe('RTP sender', () => {
  it('numbers packets, stamps pictures, and marks the end of each', () => {
    const { sender, packets, play } = stage();
    const { seq, rtptime } = sender.position();
    play(3);
    expect(packets.map(({ header }) => [header[0], header.readUInt16BE(2), header.readUInt32BE(4), header[1]])).toEqual(
      [0, 1, 2, 3, 4, 5].map((at) => [0x80, (seq + at) & 0xffff, (rtptime + Math.floor(at / 2) * 3600) % 2 ** 32, at % 2 === 1 ? 0x80 | 96 : 96]),
    );
    expect(new Set(packets.map(({ header }) => header.toString('hex', 8, 12)))).toEqual(new Set([sender.ssrc]));
  });

  it('goes on from 65535 to 0', () => {
    const { packets, play } = stage();
    play(33_000);
    const numbers = packets.map(({ header }) => header.readUInt16BE(2));
    expect(numbers.every((seq, at) => at === 0 || seq === ((numbers[at - 1] as number) + 1) % 65_536)).toBe(true);
    expect(numbers).toContain(0);
  });

  it('reports at the start and then every 5 s, with what it has sent', () => {
    const { sender, reports, play } = stage();
    play(126);
    expect(
      reports.map((report) => Buffer.from(report)).map((report) => [report.readUInt16BE(0), report.toString('hex', 4, 8), report.readUInt32BE(20)]),
    ).toEqual([
      [0x80c8, sender.ssrc, 0],
      [0x80c8, sender.ssrc, 250],
    ]);
  });

  it('goes on with the next key picture behind units that were not made, in time and without a gap in the numbers', () => {
    const { sender, packets, play } = stage();
    const { rtptime } = sender.position();
    play(2);
    sender.skip?.(5);
    play(4);
    expect([...new Set(packets.map(({ payload }) => payload[0]))]).toEqual([0, 1, 10]);
    const numbers = packets.map(({ header }) => header.readUInt16BE(2));
    expect(numbers.map((seq) => (seq - (numbers[0] as number)) & 0xffff)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(packets.at(-1)?.header.readUInt32BE(4)).toBe((rtptime + 10 * 3600) % 2 ** 32);
  });

  it('after a loss leaves out whole pictures up to the next key picture, and shows it in the numbers', () => {
    const { packets, play } = stage((unit) => unit !== 3);
    play(12);
    expect([...new Set(packets.map(({ payload }) => payload[0]))]).toEqual([0, 1, 2, 10, 11]);
    const numbers = packets.map(({ header }) => header.readUInt16BE(2));
    expect(((numbers[6] as number) - (numbers[5] as number) + 65_536) % 65_536).toBe(15);
  });
});
