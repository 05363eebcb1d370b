/** Section 22: sound that does not follow its settings. */
import { redescribing } from '../../stream/redescribing.ts';
import type { StreamSettings } from '../../stream/stream-settings.ts';
import type { StreamTamper } from '../../stream/stream-tamper.ts';
import { type Defect, inSection } from './notation.ts';
import { frozen } from './picturing.ts';
import { numbering, planted } from './streaming.ts';

type Audio = NonNullable<StreamSettings['audio']>;

const CODEC = ['encode_type/in-stream'];
const RATE = ['sample_rate/in-stream'];
const SWITCH = ['enable/in-stream'];
const TIME = ['timestamps/in-stream'];

const sounding = (id: string, does: string, noticedBy: readonly string[], make: () => (audio: Audio) => Partial<Audio> | null): Defect =>
  planted(id, does, noticedBy, () => {
    const change = make();
    return {
      settings: (_, settings) => {
        const { audio } = settings;
        const other = audio === null ? null : change(audio);
        return { ...settings, audio: audio === null || other === null ? null : { ...audio, ...other } };
      },
    };
  });
const coded = (id: string, does: string, change: (audio: Audio) => Partial<Audio>): Defect => sounding(`codec/${id}`, does, CODEC, () => change);
const rated = (id: string, does: string, change: (audio: Audio) => Partial<Audio>): Defect => sounding(`rate/${id}`, does, RATE, () => change);

const stuck =
  <K extends keyof Audio>(member: K) =>
  () => {
    const first = frozen<Audio[K]>();
    return (audio: Audio) => ({ [member]: first(audio[member]) }) as Partial<Audio>;
  };

const described = (id: string, does: string, noticedBy: readonly string[], change: (sdp: string) => string): Defect =>
  planted(id, does, noticedBy, () => redescribing(change));

/** Numbers of the sound in place of those of the picture. */
const stamping = (id: string, does: string, change: (since: number, count: number) => number): Defect =>
  planted(`timestamps/${id}`, does, TIME, (): StreamTamper => numbering('timestamp', change, 'audio'));

const TONE = { codec: 'PCMU', sampleRate: 8000 } as const;

export const audioDefects: readonly Defect[] = inSection('audio', [
  sounding('enable/never', 'has no sound while enable is 1', SWITCH, () => () => null),
  planted('enable/silent', 'describes sound while enable is 1, and sends none', SWITCH, () => ({
    packet: (media, packet) => (media === 'audio' ? null : packet),
  })),
  planted('enable/always', 'has sound while enable is 0', SWITCH, () => ({
    settings: (_, settings) => ({ ...settings, audio: settings.audio ?? TONE }),
  })),
  planted('enable/inverted', 'has sound while enable is 0, and none while it is 1', SWITCH, () => ({
    settings: (_, settings) => ({ ...settings, audio: settings.audio === null ? TONE : null }),
  })),
  planted('enable/after-restart-alone', 'follows enable with a restart alone', SWITCH, () => {
    const first = frozen<StreamSettings['audio']>();
    return { settings: (_, settings) => ({ ...settings, audio: first(settings.audio) }) };
  }),
  described('enable/undescribed', 'does not describe its sound', SWITCH, (sdp) =>
    sdp.includes('m=audio') ? sdp.slice(0, sdp.indexOf('m=audio')) : sdp,
  ),
  coded('always-pcmu', 'sends G.711U, whatever is set', () => ({ codec: 'PCMU' })),
  coded('always-pcma', 'sends G.711A, whatever is set', () => ({ codec: 'PCMA' })),
  coded('always-aac', 'sends AAC, whatever is set', () => ({ codec: 'AAC' })),
  coded('pcma-and-pcmu-swapped', 'swaps G.711A and G.711U', ({ codec }) => ({
    codec: codec === 'PCMA' ? 'PCMU' : codec === 'PCMU' ? 'PCMA' : codec,
  })),
  coded('pcmu-for-aac', 'sends G.711U where AAC is set', ({ codec }) => ({ codec: codec === 'AAC' ? 'PCMU' : codec })),
  coded('pcma-for-pcmu', 'sends G.711A where G.711U is set', ({ codec }) => ({ codec: codec === 'PCMU' ? 'PCMA' : codec })),
  sounding('codec/after-restart-alone', 'follows encode_type with a restart alone', CODEC, stuck('codec')),
  sounding('codec/none-for-aac', 'has no sound where AAC is set', CODEC, () => (audio) => (audio.codec === 'AAC' ? null : {})),
  described('codec/aac-as-latm', 'describes AAC as MP4A-LATM', CODEC, (sdp) => sdp.replace('mpeg4-generic', 'MP4A-LATM')),
  described('codec/aac-as-g726', 'describes AAC as G726-32', CODEC, (sdp) => sdp.replace(/mpeg4-generic\/(\d+)\/1/, 'G726-32/$1')),
  rated('always-8000', 'sends 8000 samples a second, whatever is set', () => ({ sampleRate: 8000 })),
  rated('always-32000', 'sends 32000 samples a second, whatever is set', () => ({ sampleRate: 32_000 })),
  rated('half', 'sends half as many samples a second', ({ sampleRate }) => ({ sampleRate: sampleRate / 2 })),
  rated('double', 'sends twice as many samples a second', ({ sampleRate }) => ({ sampleRate: sampleRate * 2 })),
  rated('16000-for-32000', 'sends 16000 samples a second where 32000 are set', ({ sampleRate }) => ({ sampleRate: Math.min(sampleRate, 16_000) })),
  sounding('rate/after-restart-alone', 'follows sample_rate with a restart alone', RATE, stuck('sampleRate')),
  described('rate/described-as-44100', 'describes 44100 samples a second, whatever is set', RATE, (sdp) =>
    sdp.replace(/mpeg4-generic\/\d+/, 'mpeg4-generic/44100').replace(/config=\w+/, 'config=1208'),
  ),
  stamping('half', 'stamps sound at half the rate of its samples', (since) => since / 2),
  stamping('double', 'stamps sound at twice the rate of its samples', (since) => since * 2),
  stamping('as-video', 'stamps sound at 90 kHz', (since) => (since * 90) / 8),
  stamping('frozen', 'stamps all sound alike', () => 0),
  stamping('backwards', 'stamps sound backwards', (since) => -since),
  stamping('of-packets', 'counts packets where it should count samples', (_, count) => count),
  stamping('in-milliseconds', 'stamps sound in milliseconds', (since) => since / 8),
]);
