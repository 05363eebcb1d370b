import { describe, expect, it } from 'vitest';
import { auLayout, parseAudioSpecificConfig, parseAuPayload, parseConfigParameter } from './aac.ts';
import { BitstreamError } from './bit-reader.ts';
import { aacStream, fromHex, toHex } from './captured-streams.fixture.ts';
import { staticFormat } from './media-format.ts';
import { noise } from './noise.fixture.ts';

const HBR = { sizeLength: 13, indexLength: 3, indexDeltaLength: 3 };

describe('an AudioSpecificConfig', () => {
  it.each([
    ['1288', { objectType: 2, sampleRate: 32000, channels: 1, frameLength: 1024, extensionRate: null }],
    ['128856e500', { objectType: 2, sampleRate: 32000, channels: 1, frameLength: 1024, extensionRate: null }],
    ['1588', { objectType: 2, sampleRate: 8000, channels: 1, frameLength: 1024, extensionRate: null }],
    ['1210', { objectType: 2, sampleRate: 44100, channels: 2, frameLength: 1024, extensionRate: null }],
    ['1214', { objectType: 2, sampleRate: 44100, channels: 2, frameLength: 960, extensionRate: null }],
    // AAC-LC at 16 kHz with band replication to 32 kHz
    ['2c0a8800', { objectType: 5, sampleRate: 16000, channels: 1, frameLength: 1024, extensionRate: 32000 }],
    // a rate of 24 bits
    ['17800fa008', { objectType: 2, sampleRate: 8000, channels: 1, frameLength: 1024, extensionRate: null }],
  ])('%s is read', (hex, config) => expect(parseAudioSpecificConfig(fromHex(hex))).toEqual(config));

  it.each(['', '12', '1688', '1248'])('"%s" is refused', (hex) => expect(() => parseAudioSpecificConfig(fromHex(hex))).toThrow(BitstreamError));

  it('stands in fmtp as hexadecimal digits', () => {
    expect(toHex(parseConfigParameter('128856E500') ?? fromHex(''))).toBe('128856e500');
    for (const text of ['', '128', 'EogA', '12 88']) expect(parseConfigParameter(text)).toBeNull();
  });
});

describe('a payload of access units', () => {
  it('comes apart as ffmpeg put it together', () => {
    const payloads = aacStream.packets.map((bytes) => parseAuPayload(bytes.subarray(12), HBR));
    expect(payloads.map(({ units }) => units.length)).toEqual([4, 6]);
    expect(payloads.every(({ deviations, isFragment }) => deviations.length === 0 && !isFragment)).toBe(true);
    expect(payloads[0]?.units.map(({ length }) => length)).toEqual([74, 92, 53, 46]);
  });

  it.each([
    ['0010 0010 aabb', ['aabb'], false, []],
    ['0020 0010 0008 aabbcc', ['aabb', 'cc'], false, []],
    ['0010 0100 aabb', ['aabb'], true, []],
    ['0020 0010 0018 aabbcc', ['aabb'], false, ['au-beyond-payload']],
    ['0010 0008 aabb', ['aa'], false, ['au-bytes-left']],
    ['0100 0010 aabb', [], false, ['au-headers-beyond-payload']],
    ['0000', [], false, ['au-headers-beyond-payload']],
    ['', [], false, ['au-headers-beyond-payload']],
  ])('%s', (hex, units, isFragment, ids) => {
    const payload = parseAuPayload(fromHex(hex), HBR);
    expect(payload.units.map(toHex)).toEqual(units);
    expect(payload.isFragment).toBe(isFragment);
    expect(payload.deviations.map(({ id }) => id)).toEqual(ids);
  });

  it('is laid out as fmtp says', () => {
    const parameters = new Map([
      ['sizelength', '6'],
      ['indexlength', '2'],
      ['indexdeltalength', 'x'],
    ]);
    expect(auLayout({ ...staticFormat(97), parameters })).toEqual({ sizeLength: 6, indexLength: 2, indexDeltaLength: 3 });
    expect(auLayout(staticFormat(97))).toEqual(HBR);
    expect(parseAuPayload(fromHex('aabb'), { ...HBR, sizeLength: 0 }).units).toHaveLength(1);
  });

  it('is never too broken to be read', () => {
    for (const bytes of noise(2000, aacStream.packets[0]?.subarray(12) ?? fromHex(''))) {
      expect(parseAuPayload(bytes, HBR).units.length).toBeLessThanOrEqual(bytes.length);
      try {
        parseAudioSpecificConfig(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(BitstreamError);
      }
    }
  });
});
