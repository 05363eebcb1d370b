/** 19.8: the switches of the audio tracks, seen in the streams. */
import { DONE_STRICTLY } from '../../lib/checks/actions/expectations.ts';
import { seconds } from '../../lib/checks/quantities.ts';
import { audioOf, evidenceOf, expectPlaying } from '../../lib/checks/streams/stream-lab.ts';
import type { SectionApi } from '../../lib/execution/section.ts';
import { fail, Skipped } from '../../lib/results/finding.ts';

/** How long to wait for sound, which has no key frames. */
const LONGEST_SILENCE_MS = 5000;

export function hasAudioTracksAsSet({ requirement }: SectionApi): void {
  for (const [name, stream, clause] of [
    ['audio_main', 'stream_0', 'main-audio-track'],
    ['audio_sub', 'stream_1', 'sub-audio-track'],
  ] as const) {
    requirement(
      `rtsp/${name}/in-stream`,
      'must',
      `${stream} has an audio track as ${name} says`,
      { place: '19.8', action: 'setRtspConf', covers: [clause], strict: DONE_STRICTLY },
      async (workplace) => {
        const { lab, streams, camera, done } = workplace;
        const settings = lab('getRtspConf');
        if (!(name in (await settings.opening()))) throw new Skipped('not-offered', `getRtspConf does not return ${name}`);
        const audio = await camera.call('getAencConf', null);
        if (audio.kind === 'done' && audio.reply.enable === 0) throw new Skipped('not-testable', 'audio is switched off in getAencConf');
        for (const wanted of [1, 0]) {
          done(await settings.write({ [name]: wanted }));
          await streams.settled(async () => {
            const session = await streams.watch(stream, {
              durationMs: LONGEST_SILENCE_MS,
              enough: (facts) => facts().every(({ isReceived }) => isReceived),
            });
            expectPlaying(session);
            if (!session.facts.some(({ isReceived }) => isReceived)) throw new Skipped('blocked', 'no packets arrive at all');
            const described = session.sdp?.media.some(({ kind }) => kind === 'audio') ?? false;
            if (described !== (wanted === 1))
              fail(
                `${wanted === 1 ? 'm=audio' : 'no m=audio'} in the description of ${stream} while ${name} is ${wanted}`,
                described ? 'a description with m=audio' : 'a description without m=audio',
                evidenceOf(session, 'DESCRIBE'),
              );
            if (wanted === 1 && !audioOf(session.facts)?.isReceived)
              fail(`audio packets in ${stream} while ${name} is 1`, `none in ${seconds(session.receivedMs)}`, evidenceOf(session, 'PLAY'));
          });
        }
      },
    );
  }
}
