import { describe, expect, it } from 'vitest';
import type { Depacketised } from './access-unit.ts';
import { fromHex, h264Stream, h265Stream, toHex } from './captured-streams.fixture.ts';
import { deviationLog } from './deviation-log.ts';
import { depacketiseH264, h264NalType } from './h264.ts';
import { depacketiseH265, h265NalType } from './h265.ts';
import { noise } from './noise.fixture.ts';
import { formatRtp, parseRtp, type RtpPacket } from './rtp.ts';

interface Sent {
  readonly hex: string;
  readonly time?: number;
  readonly marker?: boolean;
  /** packets that are missing before this one */
  readonly lost?: number;
}
function packets(sent: readonly Sent[]): readonly RtpPacket[] {
  let sequenceNumber = 65534;
  return sent.map(({ hex, time = 0, marker = false, lost = 0 }) => {
    sequenceNumber = (sequenceNumber + 1 + lost) & 0xffff;
    const packet = parseRtp(formatRtp({ marker, payloadType: 96, sequenceNumber, timestamp: time, ssrc: 1, payload: fromHex(hex) }));
    if (!packet) throw new Error('Could not read a packet of this test.');
    return packet;
  });
}
function run(depacketise: (packets: readonly RtpPacket[], log: ReturnType<typeof deviationLog>) => Depacketised, sent: readonly Sent[]) {
  const log = deviationLog();
  const stream = depacketise(packets(sent), log);
  return { stream, units: stream.accessUnits.map(({ nals }) => nals.map(toHex).join(' ')), ids: log.list().map(({ id }) => id) };
}
const parsed = (captured: readonly Uint8Array[]): readonly RtpPacket[] => captured.flatMap((bytes) => parseRtp(bytes) ?? []);

const SPS = '6742001ef40b04b2';
const PPS = '68ce3880';
// first_mb_in_slice 0: first bit set
const IDR = '65b800aa';
const SLICE = '61b800bb';
// a later slice of the same picture
const MORE = '6148cc';

describe('H.264', () => {
  it('comes out of what ffmpeg sends', () => {
    const log = deviationLog();
    const { accessUnits, parameterSets, structures } = depacketiseH264(parsed(h264Stream.packets), log);
    expect(log.list()).toEqual([]);
    expect(accessUnits.map(({ nals }) => nals.map(h264NalType))).toEqual([[7, 8, 5], [1], [1], [1], [7, 8, 5], [1], [1], [1], [7, 8, 5]]);
    expect(accessUnits.map(({ isKey }) => isKey)).toEqual([true, false, false, false, true, false, false, false, true]);
    expect(accessUnits.map(({ ticks }) => ticks)).toEqual([0, 9000, 18000, 27000, 36000, 45000, 54000, 63000, 72000]);
    expect(accessUnits.every(({ hasPicture, broken }) => hasPicture && !broken)).toBe(true);
    expect(parameterSets.map(h264NalType)).toEqual([7, 8]);
    expect(structures).toEqual({ single: 7, aggregate: 3, fragment: 4, unknown: 0 });
  });

  it.each<readonly [string, readonly Sent[], readonly string[], readonly string[]]>([
    [
      'single units',
      [{ hex: SPS }, { hex: PPS }, { hex: IDR, marker: true }, { hex: SLICE, time: 3600, marker: true }],
      [`${SPS} ${PPS} ${IDR}`, SLICE],
      [],
    ],
    ['STAP-A', [{ hex: `78 0008${SPS} 0004${PPS} 0004${IDR}`, marker: true }], [`${SPS} ${PPS} ${IDR}`], []],
    ['STAP-A that is too long', [{ hex: `78 0008${SPS} 0044${PPS}` }, { hex: IDR, marker: true }], [`${SPS} ${IDR}`], ['stap-beyond-payload']],
    ['FU-A', [{ hex: '7c85b8' }, { hex: '7c0500' }, { hex: '7c45aa', marker: true }], [IDR], []],
    ['FU-A that ends with an empty one', [{ hex: '7c85b800' }, { hex: '7c05aa' }, { hex: '7c45', marker: true }], [IDR], ['h264-empty-fu']],
    ['FU-A of one fragment', [{ hex: '7cc5b800aa', marker: true }], [IDR], ['fu-start-and-end']],
    [
      'FU-A without its end',
      [
        { hex: SLICE, marker: true },
        { hex: '7c85b8', time: 1 },
        { hex: SLICE, time: 2, marker: true },
      ],
      [SLICE, SLICE],
      ['fu-without-end'],
    ],
    [
      'FU-A without its start',
      [
        { hex: SLICE, marker: true },
        { hex: '7c45b8', time: 1 },
        { hex: SLICE, time: 2, marker: true },
      ],
      [SLICE, SLICE],
      ['fu-without-start'],
    ],
    ['FU-A of one byte', [{ hex: '7c' }], [], ['fu-too-short']],
    ['FU-A with a loss inside', [{ hex: '7c85b8' }, { hex: '7c45aa', lost: 1, marker: true }, { hex: SLICE, time: 3, marker: true }], [SLICE], []],
    ['a stream that begins inside an FU-A', [{ hex: '7c0500' }, { hex: '7c45aa', marker: true }, { hex: SLICE, time: 3, marker: true }], [SLICE], []],
    ['Annex B inside a unit', [{ hex: `${SPS}00000001${PPS}000001${IDR}`, marker: true }], [`${SPS} ${PPS} ${IDR}`], ['annex-b-in-payload']],
    [
      'Annex B from the first byte on',
      [{ hex: `00000001${SPS}00000001${PPS}00000001${IDR}`, marker: true }],
      [`${SPS} ${PPS} ${IDR}`],
      ['annex-b-in-payload'],
    ],
    ['Annex B inside FU-A', [{ hex: '7c8742001e' }, { hex: `7c47f40b04b2000001${IDR}`, marker: true }], [`${SPS} ${IDR}`], ['annex-b-in-payload']],
    [
      'several slices',
      [{ hex: SLICE }, { hex: MORE, marker: true }, { hex: SLICE, time: 1 }, { hex: MORE, time: 1, marker: true }],
      [`${SLICE} ${MORE}`, `${SLICE} ${MORE}`],
      [],
    ],
    ['no marker at all', [{ hex: SLICE }, { hex: SLICE, time: 1 }, { hex: SLICE, time: 2 }], [SLICE, SLICE, SLICE], ['marker-missing']],
    ['no marker, where it may be lost', [{ hex: SLICE }, { hex: SLICE, time: 1, lost: 1, marker: true }], [SLICE, SLICE], []],
    [
      'timestamps that stand still',
      [
        { hex: SLICE, marker: true },
        { hex: SLICE, marker: true },
      ],
      [SLICE, SLICE],
      [],
    ],
    [
      'markers on parameter sets',
      [
        { hex: SPS, marker: true },
        { hex: PPS, marker: true },
        { hex: IDR, marker: true },
      ],
      [`${SPS} ${PPS} ${IDR}`],
      ['marker-before-picture-end'],
    ],
    [
      'a marker on a slice before the last',
      [
        { hex: SLICE, marker: true },
        { hex: MORE, marker: true },
      ],
      [`${SLICE} ${MORE}`],
      ['marker-before-picture-end'],
    ],
    [
      'parameter sets with the timestamp of the picture before',
      [{ hex: SLICE, marker: true }, { hex: SPS }, { hex: PPS }, { hex: IDR, time: 3600, marker: true }],
      [SLICE, `${SPS} ${PPS} ${IDR}`],
      ['parameter-set-timestamp'],
    ],
    ['a payload of another structure', [{ hex: '7900' }, { hex: IDR, marker: true }], [IDR], ['h264-payload-structure']],
    ['an empty payload', [{ hex: '' }, { hex: IDR, marker: true }], [IDR], ['payload-empty']],
    ['a forbidden bit', [{ hex: 'e5b800', marker: true }], ['e5b800'], ['nal-forbidden-bit']],
    [
      'filler behind the slices',
      [{ hex: SLICE }, { hex: '0cffff80', marker: true }, { hex: SLICE, time: 1, marker: true }],
      [`${SLICE} 0cffff80`, SLICE],
      [],
    ],
  ])('reads %s', (_, sent, expected, ids) => {
    const result = run(depacketiseH264, sent);
    expect(result.units).toEqual(expected);
    expect(result.ids).toEqual(ids);
  });

  it('takes two fields with one timestamp for one picture', () => {
    const interlaced = '674d401eeca058126c0440000003004000000c87c50a6580';
    const sent = [
      { hex: interlaced },
      { hex: IDR, marker: true },
      { hex: SLICE, marker: true },
      { hex: SLICE, time: 1 },
      { hex: SLICE, time: 1, marker: true },
    ];
    expect(run(depacketiseH264, sent)).toMatchObject({ units: [`${interlaced} ${IDR} ${SLICE}`, `${SLICE} ${SLICE}`], ids: [] });
  });

  it('marks pictures next to a loss as broken', () => {
    const { stream } = run(depacketiseH264, [
      { hex: SLICE, marker: true },
      { hex: SLICE, time: 1, marker: true, lost: 2 },
      { hex: SLICE, time: 2, marker: true },
    ]);
    expect(stream.accessUnits.map(({ broken }) => broken)).toEqual([true, true, false]);
  });
});

const VPS5 = '40010c01';
const SPS5 = '42010101';
const PPS5 = '4401c172';
const IDR5 = '2601af04';
const TRAIL5 = '0201d009';
const MORE5 = '02015009';

describe('H.265', () => {
  it('comes out of what ffmpeg sends', () => {
    const log = deviationLog();
    const { accessUnits, parameterSets, structures } = depacketiseH265(parsed(h265Stream.packets), log);
    expect(log.list()).toEqual([]);
    expect(accessUnits.map(({ nals }) => nals.map(h265NalType))).toEqual([
      [32, 33, 34, 20],
      [1],
      [1],
      [1],
      [32, 33, 34, 21],
      [1],
      [1],
      [1],
      [32, 33, 34, 21],
    ]);
    expect(accessUnits.map(({ isKey }) => isKey)).toEqual([true, false, false, false, true, false, false, false, true]);
    expect(parameterSets.map(h265NalType)).toEqual([32, 33, 34]);
    expect(structures).toEqual({ single: 7, aggregate: 3, fragment: 4, unknown: 0 });
  });

  it.each<readonly [string, readonly Sent[], readonly string[], readonly string[]]>([
    [
      'single units',
      [{ hex: VPS5 }, { hex: SPS5 }, { hex: PPS5 }, { hex: IDR5, marker: true }, { hex: TRAIL5, time: 1, marker: true }],
      [`${VPS5} ${SPS5} ${PPS5} ${IDR5}`, TRAIL5],
      [],
    ],
    [
      'an aggregation packet',
      [{ hex: `6001 0004${VPS5} 0004${SPS5} 0004${PPS5}` }, { hex: IDR5, marker: true }],
      [`${VPS5} ${SPS5} ${PPS5} ${IDR5}`],
      [],
    ],
    [
      'an aggregation packet that is too long',
      [{ hex: `6001 0004${VPS5} 0044${SPS5}` }, { hex: IDR5, marker: true }],
      [`${VPS5} ${IDR5}`],
      ['ap-beyond-payload'],
    ],
    ['fragmentation units', [{ hex: '620193af' }, { hex: '62015304', marker: true }], [IDR5], []],
    ['fragmentation units that end with an empty one', [{ hex: '620193af04' }, { hex: '620153', marker: true }], [IDR5], ['h265-empty-fu']],
    ['a fragmentation unit of two bytes', [{ hex: '6201' }], [], ['fu-too-short']],
    ['Annex B inside a unit', [{ hex: `${VPS5}00000001${SPS5}00000001${IDR5}`, marker: true }], [`${VPS5} ${SPS5} ${IDR5}`], ['annex-b-in-payload']],
    ['several slices', [{ hex: TRAIL5 }, { hex: MORE5, marker: true }, { hex: TRAIL5, time: 1, marker: true }], [`${TRAIL5} ${MORE5}`, TRAIL5], []],
    ['PACI', [{ hex: '6401aa' }], [], ['h265-payload-structure']],
  ])('reads %s', (_, sent, expected, ids) => {
    const result = run(depacketiseH265, sent);
    expect(result.units).toEqual(expected);
    expect(result.ids).toEqual(ids);
  });

  it('leaves out decoding order numbers', () => {
    const sent = [
      { hex: `6001 0000 0004${VPS5} 00 0004${SPS5}` },
      { hex: '4401 0001 c172' },
      { hex: '620193 0002 af' },
      { hex: '62015304', marker: true },
    ];
    expect(run((all, log) => depacketiseH265(all, log, true), sent)).toMatchObject({ units: [`${VPS5} ${SPS5} ${PPS5} ${IDR5}`], ids: [] });
  });
});

it.each([
  ['H.264', depacketiseH264, h264Stream],
  ['H.265', depacketiseH265, h265Stream],
] as const)('damaged payloads of %s are read, whatever they hold', (_, depacketise, { packets: captured }) => {
  const valid = captured[1]?.subarray(12) ?? new Uint8Array();
  const hostile = [...noise(400, valid), ...noise(400, captured[0]?.subarray(12) ?? valid)];
  const sent = hostile.map((bytes, index): Sent => ({ hex: toHex(bytes), time: index >> 1, marker: index % 3 === 0, lost: index % 7 === 0 ? 1 : 0 }));
  const { stream } = run(depacketise, sent);
  expect(stream.accessUnits.length).toBeGreaterThan(0);
});
