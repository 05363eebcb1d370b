import { describe } from '../lib/camera/outcome.ts';
import { fail, Skipped } from '../lib/checks/finding.ts';
import { audioOf, evidenceOf, expectPlaying, type Watched } from '../lib/checks/stream-lab.ts';
import type { Members } from '../lib/document/row-value.ts';
import { audio } from '../lib/document/sections/22-audio.ts';
import { section, type Workplace } from '../lib/runner/section.ts';

const CODECS: Readonly<Record<number, string>> = { 3: 'PCMA', 7: 'PCMU', 8: 'MPEG4-GENERIC' };
const NAMES: Readonly<Record<string, string>> = { PCMA: 'G.711A', PCMU: 'G.711U', 'MPEG4-GENERIC': 'AAC' };
const AAC = 8;
const options = { place: '22.2', action: 'setAencConf' } as const;

/** Sets audio parameters and watches the main stream, whose audio track is switched on in section 19. */
async function watchWith({ lab, streams, camera, bench }: Workplace, members: Members): Promise<Watched> {
  const rtsp = bench.sections.flatMap((each) => each.parts).find((part) => part.kind === 'settings' && part.get === 'getRtspConf');
  if (rtsp?.kind !== 'settings') throw new Error('Could not find getRtspConf in the document.');
  const conf = await camera.get(rtsp);
  if (conf.kind === 'done' && conf.reply.audio_main === 0)
    await camera.set(rtsp, { label: '', select: {} }, { rtsp_port: conf.reply.rtsp_port, audio_main: 1 });
  const settings = lab();
  const { outcome } = await settings.attempt(members);
  if (outcome.kind !== 'done') throw new Skipped('blocked', `${JSON.stringify(members)} is answered with ${describe(outcome)}`);
  const watched = await streams.watch('stream_0', { durationMs: 1500, enough: (facts) => facts().every(({ isReceived }) => isReceived) });
  expectPlaying(watched);
  return watched;
}

async function offered({ lab }: Workplace, names: readonly string[]): Promise<Members> {
  const reply = await lab().opening();
  if (!names.every((name) => name in reply)) throw new Skipped('not-offered', `getAencConf does not return ${names.join(' and ')}`);
  return reply;
}

section(audio, ({ generic, requirement }) => {
  generic();

  requirement(
    'audio/enable/in-stream',
    'must',
    'the stream has an audio track while enable is 1',
    { ...options, covers: ['track-present'], after: ['audio/enable/round-trip'] },
    async (workplace) => {
      await offered(workplace, ['enable']);
      const watched = await watchWith(workplace, { enable: 1 });
      if (!audioOf(watched.facts)?.isReceived) fail('an audio track with packets while enable is 1', 'none', evidenceOf(watched, 'DESCRIBE'));
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
        const watched = await watchWith(workplace, { enable: 1, encode_type: Number(value) });
        const found = audioOf(watched.facts)?.codec ?? null;
        if (found !== codec)
          fail(
            `${NAMES[codec]} while encode_type is ${value}`,
            found === null ? 'no audio track' : (NAMES[found] ?? found),
            evidenceOf(watched, 'DESCRIBE'),
          );
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
      for (const rate of [8000, 32_000]) {
        const watched = await watchWith(workplace, { enable: 1, encode_type: AAC, sample_rate: rate });
        const facts = audioOf(watched.facts)?.content;
        const found = facts?.kind === 'audio' ? facts.sampleRate : null;
        if (found !== rate) fail(`${rate} samples a second`, found === null ? 'no audio track' : String(found), evidenceOf(watched, 'DESCRIBE'));
      }
    },
  );
});
