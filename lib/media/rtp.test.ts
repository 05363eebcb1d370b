import { describe, expect, it } from 'vitest';
import { fromHex, h264Stream, toHex } from './captured-streams.fixture.ts';
import { noise } from './noise.fixture.ts';
import { formatRtp, parseRtp, type RtpPacket, type TimedPacket } from './rtp.ts';
import { sequencePackets } from './rtp-sequence.ts';
import { measureRtp } from './rtp-statistics.ts';

describe('an RTP packet', () => {
  it.each<readonly [string, string, Partial<RtpPacket>, string]>([
    [
      'plain',
      '80e0 0102 03040506 0708090a aabb',
      { version: 2, marker: true, payloadType: 96, sequenceNumber: 0x102, timestamp: 0x3040506, ssrc: 0x708090a },
      'aabb',
    ],
    [
      'without payload',
      '8008 ffff ffffffff ffffffff',
      { marker: false, payloadType: 8, sequenceNumber: 65535, timestamp: 0xffffffff, ssrc: 0xffffffff },
      '',
    ],
    ['with padding', 'a060 0001 00000000 00000001 aabb 000003', { padding: 3 }, 'aabb'],
    ['with nothing but padding', 'a060 0001 00000000 00000001 00000004', { padding: 4 }, ''],
    ['with sources', '8260 0001 00000000 00000001 0000000a 0000000b cc', { csrcs: [10, 11] }, 'cc'],
    ['with extension', '9060 0001 00000000 00000001 bede0001 11223344 dd', { extension: { profile: 0xbede, bytes: fromHex('11223344') } }, 'dd'],
    ['with an empty extension', '9060 0001 00000000 00000001 abac0000 dd', { extension: { profile: 0xabac, bytes: new Uint8Array() } }, 'dd'],
  ])('is read: %s', (_, hex, fields, payload) => {
    const packet = parseRtp(fromHex(hex));
    expect(packet).toMatchObject({ ...fields, deviations: [], bytes: fromHex(hex).length });
    expect(toHex(packet?.payload ?? fromHex('00'))).toBe(payload);
  });

  it.each([
    ['0060 0001 00000000 00000001 aa', 'rtp-version', 'aa'],
    ['8f60 0001 00000000 00000001 aa', 'rtp-csrc-beyond-packet', 'aa'],
    ['9060 0001 00000000 00000001 bede0009 aa', 'rtp-extension-beyond-packet', ''],
    ['9060 0001 00000000 00000001 be', 'rtp-extension-beyond-packet', ''],
    ['a060 0001 00000000 00000001 aa00', 'rtp-padding-length', 'aa00'],
    ['a060 0001 00000000 00000001 aa09', 'rtp-padding-length', 'aa09'],
  ])('is read with a note: %s', (hex, id, payload) => {
    const packet = parseRtp(fromHex(hex));
    expect(packet?.deviations.map((deviation) => deviation.id)).toEqual([id]);
    expect(toHex(packet?.payload ?? fromHex('00'))).toBe(payload);
  });

  it('has at least 12 bytes', () => expect(parseRtp(fromHex('8060000100000000000000'))).toBeNull());

  it('comes back as it was written', () => {
    for (const bytes of h264Stream.packets) {
      const packet = parseRtp(bytes);
      expect(packet && toHex(formatRtp(packet))).toBe(toHex(bytes));
    }
  });

  it('is never too broken to be read', () => {
    const valid = fromHex('b2e0 0102 03040506 0708090a 0000000a 0000000b bede0001 11223344 aabb0002');
    for (const bytes of noise(2000, valid)) expect(parseRtp(bytes)?.payload.length ?? 0).toBeLessThanOrEqual(bytes.length);
  });
});

interface Sent {
  readonly seq: number;
  readonly time?: number;
  readonly marker?: boolean;
  readonly ssrc?: number;
  readonly type?: number;
  readonly size?: number;
  readonly at?: number;
}
const arrive = (sent: readonly Sent[]): readonly TimedPacket[] =>
  sent.map(({ seq, time = 0, marker = false, ssrc = 1, type = 96, size = 10, at = 0 }) => {
    const packet = parseRtp(formatRtp({ marker, payloadType: type, sequenceNumber: seq, timestamp: time, ssrc, payload: new Uint8Array(size) }));
    if (!packet) throw new Error('Could not read a packet of this test.');
    return { packet, arrivedAtMs: at };
  });
const numbers = (...seqs: readonly number[]): readonly TimedPacket[] => arrive(seqs.map((seq) => ({ seq })));
const CLEAN = { lost: 0, duplicates: 0, reordered: 0, restarts: [], strays: 0, gaps: [] };

describe('a sequence of packets', () => {
  it.each<readonly [string, readonly number[], readonly number[], Readonly<Record<string, unknown>>]>([
    ['none', [], [], CLEAN],
    ['in order', [7, 8, 9], [7, 8, 9], CLEAN],
    ['around the end of 16 bits', [65534, 65535, 0, 1], [65534, 65535, 0, 1], CLEAN],
    ['with a gap', [1, 2, 5], [1, 2, 5], { ...CLEAN, lost: 2, gaps: [{ after: 2, missing: 2 }] }],
    ['with a gap around the end', [65535, 2], [65535, 2], { ...CLEAN, lost: 2, gaps: [{ after: 65535, missing: 2 }] }],
    ['out of order', [1, 3, 2, 4], [1, 2, 3, 4], { ...CLEAN, reordered: 1 }],
    ['out of order at the start', [2, 1, 3], [1, 2, 3], { ...CLEAN, reordered: 1 }],
    ['out of order around the end', [65535, 1, 0], [65535, 0, 1], { ...CLEAN, reordered: 1 }],
    ['twice', [1, 2, 2, 3, 1], [1, 2, 3], { ...CLEAN, duplicates: 2 }],
    ['starting anew', [100, 101, 40000, 40001], [100, 101, 40000, 40001], { ...CLEAN, restarts: [{ from: 101, to: 40000 }] }],
    ['starting anew from 0', [500, 501, 0, 1], [500, 501, 0, 1], { ...CLEAN, restarts: [{ from: 501, to: 0 }] }],
    ['with one from far away', [100, 101, 40000, 102], [100, 101, 102], { ...CLEAN, strays: 1 }],
    ['ending with one from far away', [100, 101, 40000], [100, 101], { ...CLEAN, strays: 1 }],
  ])('%s', (_, seqs, sent, facts) => {
    const sequence = sequencePackets(numbers(...seqs));
    expect(sequence.packets.map(({ packet }) => packet.sequenceNumber)).toEqual(sent);
    expect(sequence).toMatchObject(facts);
    expect(sequence.breaks.size).toBe(sequence.gaps.length + sequence.restarts.length);
  });

  it('wraps around more than once', () => {
    const seqs = Array.from({ length: 200_000 }, (_, index) => index & 0xffff).filter((_, index) => index !== 70_000);
    expect(sequencePackets(arrive(seqs.map((seq) => ({ seq }))))).toMatchObject({ ...CLEAN, lost: 1, gaps: [{ after: 4463, missing: 1 }] });
  });
});

describe('RTP statistics', () => {
  it('measure a clean stream', () => {
    // 25 pictures per second of two packets, the timestamp wraps around
    const packets = arrive(
      Array.from({ length: 20 }, (_, index) => ({
        seq: index,
        time: (0xffff_f000 + (index >> 1) * 3600) >>> 0,
        marker: index % 2 === 1,
        at: 1000 + (index >> 1) * 40,
      })),
    );
    const { sources, packets: count, deviations } = measureRtp(packets);
    expect([count, sources.length, deviations]).toEqual([20, 1, []]);
    expect(sources[0]).toMatchObject({ ssrc: 1, payloadTypes: [96], packets: 20, payloadBytes: 200, largestPacket: 22, lossRate: 0, stepsBack: 0 });
    expect(sources[0]).toMatchObject({ markers: { last: 10, none: 0, elsewhere: 0 }, firstArrivedAtMs: 1000, lastArrivedAtMs: 1360 });
    expect(sources[0]?.ticksPerSecond).toBeCloseTo(90000, 3);
    expect(sources[0]?.groups.map(({ ticks }) => ticks)).toEqual(Array.from({ length: 10 }, (_, index) => index * 3600));
  });

  it('keep sources apart, the busiest first', () => {
    const { sources } = measureRtp(arrive([{ seq: 9, ssrc: 5 }, { seq: 1 }, { seq: 2, type: 97 }, { seq: 10, ssrc: 5 }, { seq: 3 }]));
    expect(sources.map(({ ssrc, packets }) => [ssrc, packets])).toEqual([
      [1, 3],
      [5, 2],
    ]);
    expect(sources[0]).toMatchObject({ payloadTypes: [96, 97], sequence: { lost: 0 }, ticksPerSecond: null });
  });

  it('say where markers are, but not next to a gap', () => {
    const { sources } = measureRtp(
      arrive([
        { seq: 1, time: 0, marker: true },
        { seq: 2, time: 0, marker: true },
        { seq: 3, time: 1 },
        { seq: 4, time: 2, marker: true },
        { seq: 6, time: 3, marker: true },
        { seq: 7, time: 4, marker: true },
      ]),
    );
    expect(sources[0]?.groups.map(({ marker, broken }) => [marker, broken])).toEqual([
      ['elsewhere', false],
      ['none', false],
      ['last', true],
      ['last', true],
      ['last', false],
    ]);
    expect(sources[0]?.markers).toEqual({ last: 1, none: 1, elsewhere: 1 });
    expect(sources[0]?.lossRate).toBeCloseTo(1 / 7);
  });

  it('count steps back in time', () => {
    expect(
      measureRtp(
        arrive([
          { seq: 1, time: 10 },
          { seq: 2, time: 5 },
          { seq: 3, time: 20 },
        ]),
      ).sources[0],
    ).toMatchObject({ stepsBack: 1 });
    expect(measureRtp([]).sources).toEqual([]);
  });
});
