import { describe, expect, it } from 'vitest';
import { aLaw, createAudioProgram, muLaw } from './audio-program.ts';

describe('G.711', () => {
  it.each([
    [0, 0xff],
    [-1, 0x7f],
    [1000, 0xce],
    [-1000, 0x4e],
    [32_767, 0x80],
    [-32_768, 0x00],
  ])('%d is %d in mu-law', (sample, code) => {
    expect(muLaw(sample)).toBe(code);
  });

  it.each([
    [0, 0xd5],
    [-1, 0x55],
    [1000, 0xfa],
    [-1000, 0x7a],
    [32_767, 0xaa],
    [-32_768, 0x2a],
  ])('%d is %d in A-law', (sample, code) => {
    expect(aLaw(sample)).toBe(code);
  });

  it.each([
    ['PCMU', 8000, 0],
    ['PCMA', 8000, 8],
    ['PCMU', 32_000, 97],
  ] as const)('%s of %d has type %d, and 40 ms in a packet', (codec, sampleRate, payloadType) => {
    const program = createAudioProgram({ codec, sampleRate });
    expect(program).toMatchObject({
      payloadType,
      clockRate: sampleRate,
      unitsPerSecond: 25,
      attributes: [`a=rtpmap:${payloadType} ${codec}/${sampleRate}`],
    });
    expect(program.unit(0).payloads[0]).toHaveLength(sampleRate / 25);
  });
});

it.each([
  [8000, '1588'],
  [32_000, '1288'],
])('AAC of %d describes itself', (sampleRate, config) => {
  const program = createAudioProgram({ codec: 'AAC', sampleRate });
  expect(program.attributes).toEqual([
    `a=rtpmap:97 mpeg4-generic/${sampleRate}/1`,
    expect.stringContaining(`mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3;config=${config}`),
  ]);
  const payload = program.unit(5).payloads[0] as Uint8Array;
  // one header of 16 bits, whose first 13 are the size of the rest
  expect([payload[0], payload[1], ((payload[2] as number) << 5) | ((payload[3] as number) >> 3)]).toEqual([0, 16, payload.length - 4]);
});
