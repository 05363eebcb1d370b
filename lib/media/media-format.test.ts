import { describe, expect, it } from 'vitest';
import { announcedParameterSets } from './announced-parameter-sets.ts';
import { toHex } from './captured-streams.fixture.ts';
import { deviationLog, wireText } from './deviation-log.ts';
import { canonicalCodec, staticFormat } from './media-format.ts';

describe('media formats', () => {
  it.each([
    ['h264', 'H264'],
    ['hevc', 'H265'],
    ['H.265', 'H265'],
    ['pcma', 'PCMA'],
    ['G711U', 'PCMU'],
    ['mpeg4-generic', 'MPEG4-GENERIC'],
    ['MP4A-LATM', 'MP4A-LATM'],
    ['toString', 'TOSTRING'],
  ])('call %s %s', (name, canonical) => expect(canonicalCodec(name)).toBe(canonical));

  it('know the static payload types', () => {
    expect(staticFormat(0)).toMatchObject({ codec: 'PCMU', clockRate: 8000, channels: 1 });
    expect(staticFormat(8)).toMatchObject({ codec: 'PCMA', clockRate: 8000, channels: 1 });
    expect(staticFormat(96)).toMatchObject({ codec: null, clockRate: null });
  });
});

describe('announced parameter sets', () => {
  const read = (codec: string, ...parameters: readonly (readonly [string, string])[]) => {
    const log = deviationLog();
    const sets = announcedParameterSets({ ...staticFormat(96), codec, parameters: new Map(parameters) }, log);
    return { sets: sets.map((nal) => toHex(nal).slice(0, 4)), ids: log.list().map(({ id }) => id) };
  };

  it.each<readonly [string, readonly (readonly [string, string])[], readonly string[], readonly string[]]>([
    ['H264', [['sprop-parameter-sets', 'Z0IAHvQLBLI=,aM44gA==']], ['6742', '68ce'], []],
    [
      'H265',
      [
        ['sprop-vps', 'QAEMAf//'],
        ['sprop-sps', 'QgEBAQ=='],
        ['sprop-pps', 'RAHBcg=='],
      ],
      ['4001', '4201', '4401'],
      [],
    ],
    ['H264', [['sprop-parameter-sets', 'QAEMAf//,aM44gA==']], ['68ce'], ['sprop-not-parameter-set']],
    ['H265', [['sprop-sps', 'AAAAAUIBAQE=']], ['4201'], ['sprop-start-code']],
    ['H264', [['sprop-parameter-sets', ',']], [], ['sprop-not-base64']],
    ['PCMA', [['sprop-parameter-sets', 'Z0IAHg==']], [], []],
  ])('of %s %j', (codec, parameters, sets, ids) => expect(read(codec, ...parameters)).toEqual({ sets, ids }));
});

describe('the log of deviations', () => {
  it('has one entry for each id', () => {
    const log = deviationLog();
    log.add([{ id: 'a', detail: 'first' }]);
    for (let count = 0; count < 3; count++) log.note('b', `number ${count}`);
    expect(log.list()).toEqual([
      { id: 'a', detail: 'first' },
      { id: 'b', detail: 'number 0 (and 2 more)' },
    ]);
  });

  it('prints what can be printed, and not too much', () => {
    expect(wireText('a\tb\u0000')).toBe('a\\x09b\\x00');
    expect(wireText('x'.repeat(500))).toHaveLength(120);
  });
});
