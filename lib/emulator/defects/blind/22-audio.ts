/** Section 22: sound that is not what its settings say. */

import type { Channel, StreamSettings } from '../../stream/stream-settings.ts';
import { type BlindDefect, streaming, tampering, writerFor } from './blind-defect.ts';
import { counter, stores, storesOther } from './sets-and-gets.ts';

const audio = writerFor('audio');

type Sound = NonNullable<StreamSettings['audio']>;

const inSound = (change: (sound: Sound, channel: Channel) => Sound | null) => () =>
  streaming({ settings: (channel, settings) => ({ ...settings, audio: settings.audio === null ? null : change(settings.audio, channel) }) });

export const AUDIO: readonly BlindDefect[] = [
  audio(
    'track-present',
    'never',
    'has no sound in any stream',
    inSound(() => null),
  ),
  audio(
    'track-present',
    'only-main',
    'has no sound in the sub stream',
    inSound((sound, channel) => (channel === 0 ? sound : null)),
  ),
  audio('track-present', 'described-and-silent', 'describes sound, and sends none', () =>
    streaming({ packet: (media, packet) => (media === 'audio' ? null : packet) }),
  ),
  audio('track-present', 'always', 'has the sound of before where enable is 0', () => {
    let last: Sound | null = null;
    return streaming({
      settings: (_, settings) => {
        last = settings.audio ?? last;
        return { ...settings, audio: settings.audio ?? last };
      },
    });
  }),
  audio('track-present', 'ends-after-two-seconds', 'sends sound for two seconds', () => {
    const began = new Map<number, number>();
    return streaming({
      packet: (media, packet) => {
        if (media !== 'audio') return packet;
        const source = packet.header.readUInt32BE(8);
        const at = began.get(source) ?? performance.now();
        began.set(source, at);
        return performance.now() - at < 2000 ? packet : null;
      },
    });
  }),
  audio(
    'codec-in-stream',
    'a-law-is-mu-law',
    'sends G.711U for G.711A',
    inSound((sound) => ({ ...sound, codec: sound.codec === 'PCMA' ? 'PCMU' : sound.codec })),
  ),
  audio(
    'codec-in-stream',
    'always-a-law',
    'sends G.711A whatever encode_type is',
    inSound((sound) => ({ ...sound, codec: 'PCMA' })),
  ),
  audio(
    'codec-in-stream',
    'aac-is-a-law',
    'sends G.711A for AAC',
    inSound((sound) => ({ ...sound, codec: sound.codec === 'AAC' ? 'PCMA' : sound.codec })),
  ),
  audio('codec-in-stream', 'codec-of-start', 'goes on with the codec that it had when it was first asked', () => {
    let codec: Sound['codec'] | null = null;
    return inSound((sound) => {
      codec ??= sound.codec;
      return { ...sound, codec };
    })();
  }),
  audio('codec-in-stream', 'payload-type-zero', 'sends everything as payload type 0', () =>
    streaming({
      packet: (media, packet) => {
        if (media !== 'audio') return packet;
        const header = Buffer.from(packet.header);
        header[1] = (header[1] as number) & 0x80;
        return { ...packet, header };
      },
    }),
  ),
  audio(
    'sample-rate-in-stream',
    'always-8000',
    'samples at 8 kHz whatever was set',
    inSound((sound) => ({ ...sound, sampleRate: 8000 })),
  ),
  audio(
    'sample-rate-in-stream',
    'rate-halved',
    'samples at half the rate above 8 kHz',
    inSound((sound) => ({ ...sound, sampleRate: sound.sampleRate > 8000 ? sound.sampleRate / 2 : sound.sampleRate })),
  ),
  audio('sample-rate-in-stream', 'described-alone', 'describes the rate that was set, and sends half as many samples', () => {
    const next = counter();
    return streaming({ packet: (media, packet) => (media === 'audio' && next() % 2 === 0 ? null : packet) });
  }),
  audio('volume_in/settable', 'volumes-together', 'stores the volume of the input as that of the output as well', () =>
    tampering(stores('setAencConf', (changes) => ('volume_in' in changes ? { ...changes, volume_out: changes.volume_in } : changes))),
  ),
  audio('volume_out/settable', 'volume-in-percent', 'stores 14 for the highest volume', () =>
    tampering(storesOther('setAencConf', 'volume_out', (value) => Math.min(14, Number(value)))),
  ),
  audio('bitrate/settable', 'bitrate-follows-codec', 'puts the bit rate to 128000 with AAC', () =>
    tampering(
      stores('setAencConf', (changes, before) =>
        changes.encode_type === 8 && before.encode_type !== 8 && !('bitrate' in changes) ? { ...changes, bitrate: 128_000 } : changes,
      ),
    ),
  ),
  audio('line_in/settable', 'line-in-mutes', 'puts the input volume to 0 with line in', () =>
    tampering(stores('setAencConf', (changes) => (changes.line_in === 1 && !('volume_in' in changes) ? { ...changes, volume_in: 0 } : changes))),
  ),
];
