import { expect, it } from 'vitest';
import { SECTIONS } from '../../document/index.ts';
import type { Members } from '../../document/row-value.ts';
import { createTables } from '../model.ts';
import { createStore } from '../store.ts';
import { programsOf, type StreamSettings, streamSettings } from './stream-settings.ts';

function settingsWith(changes: readonly (readonly [action: string, instance: number, values: Members])[], channel: 0 | 1 = 0): StreamSettings {
  const store = createStore(createTables(SECTIONS, 'full'));
  for (const [action, instance, values] of changes) store.write(action, instance, values);
  return streamSettings(store, channel);
}

it('are those of the channel', () => {
  const changes = [['getVencConf', 1, { encode_type: 5, encode_profile: 2, frame_rate: 15, gop: 30, pic_width: 640, pic_height: 480 }]] as const;
  expect(settingsWith(changes, 1)).toMatchObject({
    video: { codec: 'h265', profile: 100, rate: 15, gop: 30, bitrate: null, scene: { width: 640, height: 480 } },
    audio: null,
  });
  expect(settingsWith(changes, 0)).toMatchObject({
    video: { codec: 'h264', profile: 77, rate: 25, gop: 50, bitrate: null, scene: { width: 2560, height: 1440 } },
    audio: { codec: 'PCMU', sampleRate: 8000 },
  });
});

it.each([
  [0, 66],
  [1, 77],
  [2, 100],
])('encode_profile %d is profile %d', (encode_profile, profile) => {
  expect(settingsWith([['getVencConf', 0, { encode_profile }]]).video.profile).toBe(profile);
});

it('keep to a bit rate while it is constant', () => {
  expect(settingsWith([['getVencConf', 0, { rc_mode: 1, bitrate: 4096 }]]).video.bitrate).toBe(4_096_000);
});

it.each([
  [3, 'PCMA'],
  [7, 'PCMU'],
  [8, 'AAC'],
])('encode_type %d of the sound is %s', (encode_type, codec) => {
  expect(settingsWith([['getAencConf', 0, { encode_type, sample_rate: 32_000 }]]).audio).toEqual({ codec, sampleRate: 32_000 });
});

it('of numbers that nobody can play are the nearest that can be', () => {
  const { rate, gop } = settingsWith([['getVencConf', 0, { frame_rate: 0, gop: 1e9 }]]).video;
  expect([rate, gop]).toEqual([1, 1000]);
});

it('make the same programs while they are the same', () => {
  const [first, again, other] = [25, 25, 20].map((frame_rate) => programsOf(settingsWith([['getVencConf', 0, { frame_rate }]])));
  expect(first?.[0]).toBe(again?.[0]);
  expect(other?.[0]).not.toBe(first?.[0]);
  expect(other?.[1]).toBe(first?.[1]);
});
