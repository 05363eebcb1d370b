import { describe } from '../lib/camera/outcome.ts';
import { counted, seconds } from '../lib/checks/quantities.ts';
import { audioOf, evidenceOf, expectPlaying, type Watched } from '../lib/checks/streams/stream-lab.ts';
import type { Settings } from '../lib/document/notation.ts';
import type { Members } from '../lib/document/row-value.ts';
import { rtsp } from '../lib/document/sections/19-rtsp.ts';
import { audio } from '../lib/document/sections/22-audio.ts';
import { section, type Workplace } from '../lib/execution/section.ts';
import type { StreamFacts } from '../lib/media/stream-facts.ts';
import { fail, Skipped } from '../lib/results/finding.ts';

const CODECS: Readonly<Record<number, string>> = { 3: 'PCMA', 7: 'PCMU', 8: 'MPEG4-GENERIC' };
const NAMES: Readonly<Record<string, string>> = { PCMA: 'G.711A', PCMU: 'G.711U', 'MPEG4-GENERIC': 'AAC' };
const AAC = 8;
/** Where the tracks of the streams are switched. */
const STREAMING = rtsp.parts.find((part): part is Settings => part.kind === 'settings' && part.get === 'getRtspConf') as Settings;
const options = { place: '22.2', action: 'setAencConf' } as const;

/** Packets of sound that tell how their timestamps run. */
const SOME_PACKETS = 10;
/** AAC with band replication may count the doubled samples, which the measure knows; the rest is rounding. */
const TOLERANCE = 0.1;

type Enough = (facts: () => readonly StreamFacts[]) => boolean;
const isHeard: Enough = (facts) => facts().every(({ isReceived }) => isReceived);
const hasSomeSound: Enough = (facts) => (audioOf(facts())?.source?.packets ?? 0) >= SOME_PACKETS;

interface Heard {
  readonly members: Members;
  readonly enough?: Enough;
}

/** Sets audio parameters and watches the main stream, whose audio track is switched on in section 19; `judge` has its say when that has settled. */
async function hear(
  { lab, streams, camera }: Workplace,
  { members, enough = isHeard }: Heard,
  judge: (watched: Watched, shown: Members) => void,
): Promise<void> {
  const conf = await camera.get(STREAMING);
  if (conf.kind === 'done' && conf.reply.audio_main === 0)
    await camera.set(STREAMING, { label: '', select: {} }, { rtsp_port: conf.reply.rtsp_port, audio_main: 1 });
  const settings = lab();
  const { outcome } = await settings.attempt(members);
  if (outcome.kind !== 'done') throw new Skipped('blocked', `${JSON.stringify(members)} is answered with ${describe(outcome)}`);
  await streams.settled(async () => {
    const watched = await streams.watch('stream_0', { durationMs: 1500, enough });
    expectPlaying(watched);
    // Section 19 has a switch of its own for the track of each stream: where that is not shown, nobody knows how it stands.
    if (conf.kind === 'done' && !('audio_main' in conf.reply) && audioOf(watched.facts) === undefined)
      throw new Skipped('not-testable', 'getRtspConf does not return audio_main, which may be 0');
    judge(watched, settings.current);
  });
}

async function offered({ lab }: Workplace, names: readonly string[]): Promise<Members> {
  const reply = await lab().opening();
  if (!names.every((name) => name in reply)) throw new Skipped('not-offered', `getAencConf does not return ${names.join(' and ')}`);
  return reply;
}

/** Timestamps of the audio count its samples. */
function expectSampleClock(watched: Watched): void {
  const content = audioOf(watched.facts)?.content;
  const source = audioOf(watched.facts)?.source;
  if (content?.kind !== 'audio' || !source) throw new Skipped('blocked', 'no audio arrives');
  const evidence = evidenceOf(watched, 'PLAY');
  if (source.stepsBack > 0) fail('timestamps of the audio that never run back', `${counted(source.stepsBack, 'step')} back`, evidence);
  if (content.ticks === 0 && content.units > 1)
    fail('timestamps of the audio that run on', `one timestamp for ${counted(content.units, 'packet')}`, evidence);
  if (content.samplesPerTick === null) throw new Skipped('not-testable', 'packets are missing, or hold an unknown number of samples');
  if (Math.abs(content.samplesPerTick - 1) > TOLERANCE)
    fail(
      `timestamps of the audio that count its samples, ±${100 * TOLERANCE} %`,
      `${content.samplesPerTick.toFixed(2)} samples for each step of them, where 1 is right`,
      evidence,
    );
}

section(audio, ({ generic, requirement }) => {
  generic();

  requirement(
    'audio/enable/in-stream',
    'must',
    'the stream has an audio track while enable is 1, and none while it is 0',
    { ...options, covers: ['track-present'], after: ['audio/enable/round-trip'] },
    async (workplace) => {
      await offered(workplace, ['enable']);
      await hear(workplace, { members: { enable: 1 } }, (watched) => {
        const sound = audioOf(watched.facts);
        if (!sound?.isReceived)
          fail(
            'an audio track in stream_0 with packets while enable is 1',
            sound === undefined ? 'no audio track in the description' : `an audio track, and no packet in ${seconds(watched.receivedMs)}`,
            evidenceOf(watched, sound === undefined ? 'DESCRIBE' : 'PLAY'),
          );
      });
      await hear(workplace, { members: { enable: 0 } }, (mute) => {
        const sound = audioOf(mute.facts);
        if (sound?.isReceived)
          fail(
            'no audio in stream_0 while enable is 0',
            `an audio track with ${counted(sound.source?.packets ?? 0, 'packet')} in ${seconds(mute.receivedMs)}`,
            evidenceOf(mute, 'PLAY'),
          );
      });
    },
  );

  requirement(
    'audio/timestamps/in-stream',
    'should',
    'timestamps of the audio count its samples',
    { ...options, covers: ['sample-rate-in-stream'], after: ['audio/enable/in-stream'] },
    async (workplace) => {
      const { encode_type } = await offered(workplace, ['enable', 'encode_type']);
      await hear(workplace, { members: { enable: 1, encode_type }, enough: hasSomeSound }, expectSampleClock);
    },
  );

  requirement(
    'audio/encode_type/in-stream',
    'should',
    'the audio track has the codec that encode_type names',
    { ...options, covers: ['codec-in-stream'], after: ['audio/encode_type/round-trip'] },
    async (workplace) => {
      await offered(workplace, ['encode_type']);
      for (const [value, codec] of Object.entries(CODECS)) {
        await hear(workplace, { members: { enable: 1, encode_type: Number(value) } }, (watched) => {
          const found = audioOf(watched.facts)?.codec ?? null;
          if (found !== codec)
            fail(
              `${NAMES[codec]} in stream_0 while encode_type is ${value}`,
              found === null ? 'no audio track' : (NAMES[found] ?? found),
              evidenceOf(watched, 'DESCRIBE'),
            );
        });
      }
    },
  );

  requirement(
    'audio/sample_rate/in-stream',
    'should',
    'the audio track has the sampling rate that was set',
    { ...options, covers: ['sample-rate-in-stream'], after: ['audio/sample_rate/round-trip'] },
    async (workplace) => {
      await offered(workplace, ['sample_rate', 'encode_type']);
      let judged = 0;
      for (const rate of [8000, 32_000]) {
        await hear(workplace, { members: { enable: 1, encode_type: AAC, sample_rate: rate } }, (watched, shown) => {
          // By nature it may have become another one.
          if (shown.sample_rate !== rate) return;
          judged += 1;
          const facts = audioOf(watched.facts)?.content;
          const found = facts?.kind === 'audio' ? facts.sampleRate : null;
          if (found !== rate)
            fail(
              `${rate} samples a second in stream_0 while sample_rate is ${rate} and encode_type ${AAC} (AAC)`,
              found === null ? 'no audio track, or no rate that can be read' : `${found} samples a second`,
              evidenceOf(watched, 'DESCRIBE'),
            );
        });
      }
      if (judged === 0) throw new Skipped('not-testable', `the camera makes another sample_rate of each while encode_type is ${AAC} (AAC)`);
    },
  );
});
