import { describe, expect, it } from 'vitest';
import { SECTIONS } from '../../document/index.ts';
import { createTables } from '../model.ts';
import { sceneOf } from '../scene.ts';
import { createStore } from '../store.ts';
import { createVideoProgram, type VideoSettings } from './video-program.ts';

const scene = { ...sceneOf(createStore(createTables(SECTIONS, 'full'))), width: 352, height: 288 };
const settings: VideoSettings = { codec: 'h264', profile: 77, rate: 25, gop: 5, bitrate: null, scene };
const sizeOf = (payloads: readonly Uint8Array[]): number => payloads.reduce((sum, { length }) => sum + length, 0);

describe.each(['h264', 'h265'] as const)('%s', (codec) => {
  it('has a key picture in every gop pictures', () => {
    const { unit } = createVideoProgram({ ...settings, codec });
    expect(Array.from({ length: 11 }, (_, index) => unit(index).isStart)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((index) => index % 5 === 0));
    const key = unit(0).payloads[0] as Uint8Array;
    expect(codec === 'h264' ? (key[0] as number) & 31 : (key[0] as number) >> 1).toBe(codec === 'h264' ? 24 : 48);
  });

  it('moves with its key pictures, and makes each picture once', () => {
    const { unit } = createVideoProgram({ ...settings, codec });
    expect(unit(0)).toBe(unit(40));
    expect(unit(1)).toBe(unit(6));
    expect(unit(0).payloads).not.toEqual(unit(20).payloads);
  });

  it('keeps to a constant bit rate over its groups, though a key picture is larger than its share', () => {
    const { unit, kilobits } = createVideoProgram({ ...settings, codec, bitrate: 128_000 });
    const sizes = Array.from({ length: 50 }, (_, index) => sizeOf(unit(index).payloads));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    expect(kilobits).toBe(128);
    expect((total * 8) / 2 / 128_000).toBeCloseTo(1, 1);
    const variable = createVideoProgram({ ...settings, codec });
    expect(sizeOf(variable.unit(1).payloads)).toBeLessThan(40);
  });
});

it.each([
  [66, '42800D'],
  [77, '4D400D'],
  [100, '64000D'],
] as const)('profile %d shows in the description', (profile, level) => {
  expect(createVideoProgram({ ...settings, profile }).attributes[1]).toContain(
    `packetization-mode=1;profile-level-id=${level};sprop-parameter-sets=Z`,
  );
});
