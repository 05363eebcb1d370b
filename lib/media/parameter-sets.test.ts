/**
 * Real parameter sets: what `ffmpeg -f lavfi -i testsrc2=s=SIZE:r=RATE -frames:v 1 OPTIONS -f h264 -` (or `-f hevc -`) writes, ffmpeg
 * 5.1.9 with x264 164 and x265 3.5. Size and rate of each command are those that the case expects.
 */
import { describe, expect, it } from 'vitest';
import { BitstreamError } from './bit-reader.ts';
import { fromHex } from './captured-streams.fixture.ts';
import { type H264Sps, parseH264Sps } from './h264-sps.ts';
import { type H265Sps, parseH265Sps } from './h265-sps.ts';
import { noise } from './noise.fixture.ts';

const NTSC = 30000 / 1001;

describe('an SPS of H.264', () => {
  it.each<readonly [options: string, hex: string, Partial<H264Sps>]>([
    [
      '-pix_fmt yuv420p -c:v libx264 -profile:v high',
      '67640028acd940780227e5c044000003000400000300c83c60c658',
      {
        profileIdc: 100,
        profile: 'High',
        level: '4.0',
        width: 1920,
        height: 1080,
        codedHeight: 1088,
        frameRate: 25,
        chromaFormat: '4:2:0',
        frameMbsOnly: true,
      },
    ],
    [
      '-pix_fmt yuv420p -c:v libx264 -profile:v baseline',
      '6742c016d900a02ff970110000030001000003001e0f162e48',
      { profileIdc: 66, profile: 'Baseline', isConstrainedBaseline: true, level: '2.2', width: 640, height: 360, frameRate: 15 },
    ],
    [
      '-pix_fmt yuv420p -c:v libx264 -profile:v main -flags +ildct+ilme -x264-params interlaced=1',
      '674d401eeca058126c0440000003004000000c87c50a6580',
      { profileIdc: 77, profile: 'Main', level: '3.0', width: 704, height: 576, frameRate: 25, frameMbsOnly: false },
    ],
    [
      '-pix_fmt yuv420p -c:v libx264 -profile:v main',
      '674d4032eca014005ad808800001f480007530078c18cb',
      { profile: 'Main', level: '5.0', width: 2560, height: 1440, codedHeight: 1440, frameRate: NTSC },
    ],
    [
      '-pix_fmt yuv422p -c:v libx264',
      '677a0020bcd94056061e6bc044000003000400000300a03c60c658',
      { profile: 'High 4:2:2', chromaFormat: '4:2:2', bitDepth: 8, width: 1366, height: 766, frameRate: 20 },
    ],
    [
      '-pix_fmt yuv444p -c:v libx264 -x264-params cqm=jvt',
      '67f4000c919b282c12f7780880000003008000000c078a14cb',
      { profile: 'High 4:4:4', chromaFormat: '4:4:4', width: 350, height: 286, frameRate: 12 },
    ],
    [
      '-pix_fmt yuv420p -c:v libx264 -profile:v high -x264-params cqm=jvt:nal-hrd=cbr:bitrate=2000:vbv-maxrate=2000:vbv-bufsize=2000',
      '6764001facd9405005bb01100000030010000003032626000f424001e84e4c30078c18cb',
      { profile: 'High', level: '3.1', width: 1280, height: 720, frameRate: 25 },
    ],
    [
      '-pix_fmt yuv420p -c:v libx264 -profile:v high -bsf:v h264_metadata=sample_aspect_ratio=12/11',
      '6764001facd9405005bb021000000300100000030320f1831960',
      { width: 1280, height: 720, frameRate: 25, isFixedFrameRate: false },
    ],
  ])('is read to its last bit: %s', (_, hex, facts) => {
    const sps = parseH264Sps(fromHex(hex));
    expect(sps).toMatchObject(facts);
    expect(sps.deviations).toEqual([]);
  });

  it('is read without VUI', () => {
    // Baseline 3.0, 352x288, written by hand: POC type 2, one reference, no cropping
    expect(parseH264Sps(fromHex('6742001e f4 0b 04b2'))).toMatchObject({
      profile: 'Baseline',
      isConstrainedBaseline: false,
      width: 352,
      height: 288,
      frameRate: null,
    });
  });

  it.each([
    ['00', ['sps-trailing-bytes']],
    ['80', ['sps-trailing-bytes']],
  ])('is read in spite of an extra byte %s at its end', (extra, ids) => {
    const sps = parseH264Sps(fromHex(`67640028acd940780227e5c044000003000400000300c83c60c658${extra}`));
    expect(sps).toMatchObject({ width: 1920, height: 1080, frameRate: 25 });
    expect(sps.deviations.map(({ id }) => id)).toEqual(ids);
  });

  it('is read up to its size where its end is cut', () => {
    const sps = parseH264Sps(fromHex('67640028acd940780227e5c044'));
    expect(sps).toMatchObject({ width: 1920, height: 1080, frameRate: null });
    expect(sps.deviations.map(({ id }) => id)).toEqual(['sps-vui-unreadable']);
  });

  it('is refused in a sentence', () => {
    expect(() => parseH264Sps(fromHex('68ebe3cb22c0'))).toThrow('The NAL unit has type 8, not 7.');
    expect(() => parseH264Sps(fromHex('6764'))).toThrow(BitstreamError);
    expect(() => parseH264Sps(new Uint8Array())).toThrow(BitstreamError);
  });
});

describe('an SPS of H.265', () => {
  it.each<readonly [options: string, hex: string, Partial<H265Sps>]>([
    [
      '-pix_fmt yuv420p -c:v libx265',
      '420101016000000300900000030000030078a003c08010e596566924caf0168080000003008000000c84',
      { profileIdc: 1, profile: 'Main', tier: 'main', level: '4.0', width: 1920, height: 1080, chromaFormat: '4:2:0', bitDepth: 8, frameRate: 25 },
    ],
    [
      '-pix_fmt yuv420p10 -c:v libx265',
      '420101022000000300900000030000030078a002ac80301d5365959a4932bc05a020000003002000000301e1',
      { profile: 'Main 10', bitDepth: 10, width: 1366, height: 766, codedWidth: 1368, frameRate: 15 },
    ],
    [
      '-pix_fmt yuv422p -c:v libx265 -x265-params scaling-list=default',
      '4201010408000003009d0800000300003cb00b080487de5959a49395e02d0100000303e90000753008',
      { profile: 'Format Range Extensions', chromaFormat: '4:2:2', width: 352, height: 286, frameRate: NTSC },
    ],
    [
      '-pix_fmt yuv420p -c:v libx265 -x265-params level=5:high-tier=1:bframes=0:hrd=1:vbv-maxrate=4000:vbv-bufsize=4000:temporal-layers=1',
      '420101016000000300900000030000030096a001402005a16592a4932bc05a0200000300020000030028c2492cbc001e848003d091',
      { profile: 'Main', level: '5.0', width: 2560, height: 1440, frameRate: 20 },
    ],
  ])('is read up to its timing: %s', (_, hex, facts) => {
    const sps = parseH265Sps(fromHex(hex));
    expect(sps).toMatchObject(facts);
    expect(sps.deviations).toEqual([]);
  });

  it('keeps its size where its end is cut', () => {
    const sps = parseH265Sps(fromHex('420101016000000300900000030000030078a003c08010e59656'));
    expect(sps).toMatchObject({ width: 1920, height: 1080, frameRate: null });
    expect(sps.deviations.map(({ id }) => id)).toEqual(['sps-vui-unreadable']);
  });

  it('is refused in a sentence', () => {
    expect(() => parseH265Sps(fromHex('4401c172b46240'))).toThrow('The NAL unit has type 34, not 33.');
    expect(() => parseH265Sps(fromHex('4201'))).toThrow(BitstreamError);
  });
});

it.each([
  ['H.264 SPS', '6764001facd9405005bb01100000030010000003032626000f424001e84e4c30078c18cb', parseH264Sps],
  ['H.265 SPS', '4201010408000003009d0800000300003cb00b080487de5959a49395e02d0100000303e90000753008', parseH265Sps],
] as const)('a damaged %s is read or refused, never anything else', (_, hex, parse) => {
  const valid = fromHex(hex);
  for (const bytes of noise(1500, valid)) {
    // keep the type, so that the parser gets beyond it
    if (bytes.length > 1) bytes.set(valid.subarray(0, 2));
    try {
      parse(bytes);
    } catch (error) {
      expect(error).toBeInstanceOf(BitstreamError);
    }
  }
});
