/** What the settings of the camera say about its streams. */
import { type Scene, sceneOf } from '../scene.ts';
import type { Store } from '../store.ts';
import type { View } from '../view.ts';
import { type AudioSettings, createAudioProgram } from './audio-program.ts';
import type { Program } from './program.ts';
import { createVideoProgram, type VideoSettings } from './video-program.ts';

/** 0 the main stream, 1 the auxiliary one; the document names no URL of the third. */
export type Channel = 0 | 1;

export interface StreamSettings {
  readonly video: VideoSettings;
  /** null where the stream has no sound */
  readonly audio: AudioSettings | null;
}

/** H.265, and H.265+ (6), which is H.265 on the wire. */
const H265: readonly unknown[] = [5, 6];
const CONSTANT = 1;
const PROFILES = [66, 77, 100] as const;
const AUDIO_CODECS: Readonly<Record<number, AudioSettings['codec']>> = { 3: 'PCMA', 7: 'PCMU', 8: 'AAC' };
const AUDIO_SWITCHES = ['audio_main', 'audio_sub'] as const;

/** @param see changes what is seen; to plant faults */
export function streamSettings(store: Store, channel: Channel, see: (scene: Scene) => Scene = (scene) => scene, view?: View): StreamSettings {
  const { encode_type, encode_profile, frame_rate, gop, rc_mode, bitrate } = store.values('getVencConf', channel);
  const sound = store.values('getAencConf');
  const isHeard = sound.enable === 1 && store.values('getRtspConf')[AUDIO_SWITCHES[channel]] === 1;
  return {
    video: {
      codec: H265.includes(encode_type) ? 'h265' : 'h264',
      profile: PROFILES[between(encode_profile, 0, 2)] as (typeof PROFILES)[number],
      rate: between(frame_rate, 1, 60),
      gop: between(gop, 1, 1000),
      bitrate: rc_mode === CONSTANT ? between(bitrate, 16, 50_000) * 1000 : null,
      scene: see(sceneOf(store, channel, view)),
    },
    audio: isHeard ? { codec: AUDIO_CODECS[Number(sound.encode_type)] ?? 'PCMU', sampleRate: between(sound.sample_rate, 8000, 96_000) } : null,
  };
}

/** The nearest whole number that can be played: the document leaves these without a range. */
function between(value: unknown, least: number, most: number): number {
  return typeof value === 'number' ? Math.round(Math.min(most, Math.max(least, value))) : least;
}

/** Settings, and so what they make, are few; each costs some milliseconds and up to two megabytes. */
const KEPT = 8;
const kept = new Map<string, Program>();

/** The tracks of a stream, the picture first. The same settings give the same programs, for all cameras of a process. */
export function programsOf({ video, audio }: StreamSettings): readonly Program[] {
  const picture = keep(`video ${JSON.stringify(video)}`, () => createVideoProgram(video));
  return audio ? [picture, keep(`audio ${JSON.stringify(audio)}`, () => createAudioProgram(audio))] : [picture];
}

function keep(key: string, make: () => Program): Program {
  const program = kept.get(key) ?? make();
  kept.delete(key);
  kept.set(key, program);
  for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT))) kept.delete(oldest);
  return program;
}
