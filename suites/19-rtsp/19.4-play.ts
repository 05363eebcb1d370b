/** 19.4: PLAY, what it says of the packets that follow, and that video comes and goes on. */
import { counted, seconds } from '../../lib/checks/quantities.ts';
import { expectRefused, expectSuccess, header } from '../../lib/checks/streams/rtsp-replies.ts';
import { LONGEST_PAUSE_MS, silenceOf } from '../../lib/checks/streams/silence.ts';
import { evidenceOf, STREAMS, videoOf, type Watched } from '../../lib/checks/streams/stream-lab.ts';
import type { SectionApi } from '../../lib/execution/section.ts';
import { fail, Skipped } from '../../lib/results/finding.ts';
import type { RtspReply } from '../../lib/rtsp/connection.ts';
import { parseRtpInfo } from '../../lib/rtsp/headers/rtp-info.ts';
import { LONG_PLAY_MS, playing, type Route, routeOf, watch } from './routes.ts';

/** Sequence numbers between what RTP-Info says and the first packet that came: what a camera sends meanwhile. */
const NEAR_THE_START = 1000;

/** The sequence number with which the packets of a track begin, as they came. */
function firstSequence({ tracks, packets }: Watched, track: number): number | null {
  const bytes = packets[tracks[track]?.media.index ?? -1]?.[0]?.bytes;
  return bytes === undefined || bytes.length < 4 ? null : ((bytes[2] as number) << 8) | (bytes[3] as number);
}

export function playsStream({ requirement }: SectionApi, route: Route): void {
  const { id, over, url } = route;
  requirement(
    `${id}/play`,
    'must',
    `${over}: PLAY is answered with 200 in the same session`,
    { place: '19.4', covers: ['play-status', 'play-session'] },
    async (workplace) => {
      const { play, setups } = await watch(workplace, route);
      const reply = expectSuccess(play);
      const idOf = (of: RtspReply | undefined) => (of === undefined ? undefined : header(of, 'session')?.split(';')[0]?.trim());
      const [given, kept] = [idOf(setups[0]), idOf(reply)];
      if (given !== undefined && kept !== undefined && given !== kept) fail(`Session: ${given}, as SETUP gave`, `Session: ${kept}`, reply.exchange);
    },
  );

  requirement(
    `${id}/rtp-info`,
    'should',
    `${over}: RTP-Info, where it is sent, says where the packets begin`,
    { place: '19.4', covers: ['play-rtp-info'] },
    async (workplace) => {
      const session = await playing(workplace, route);
      const reply = session.play as RtspReply;
      const text = header(reply, 'rtp-info');
      if (text === undefined) throw new Skipped('not-offered', 'PLAY is answered without RTP-Info');
      const { value, deviations } = parseRtpInfo(text);
      const [broken] = deviations;
      if (broken !== undefined) fail('RTP-Info as in RFC 2326, 12.33', `${broken.id}: ${broken.detail}`, reply.exchange);
      if (value.length === 0) fail('RTP-Info with the URL of a track', JSON.stringify(text), reply.exchange);
      if (value.length !== session.tracks.length) return;
      for (const [index, { seq }] of value.entries()) {
        const first = firstSequence(session, index);
        if (seq === null || first === null) continue;
        const ahead = (first - seq) & 0xffff;
        if (Math.min(ahead, 0x1_0000 - ahead) > NEAR_THE_START)
          fail(
            `RTP-Info with seq=${first} for track ${index + 1}, with which its packets begin, give or take ${NEAR_THE_START}`,
            `seq=${seq}`,
            reply.exchange,
          );
      }
    },
  );

  requirement(`${id}/rtp-arrives`, 'must', `${over}: video arrives after PLAY`, { place: '19.4', covers: [url] }, async (workplace) => {
    const session = await playing(workplace, route);
    const video = videoOf(session.facts);
    if (session.isFlooded)
      fail(
        'a stream of the bit rate that is set',
        `${counted(session.packets.flat().length, 'packet')} of RTP, or more of RTCP, within ${seconds(session.receivedMs)}: no more were received`,
        evidenceOf(session, 'PLAY'),
      );
    if (video === undefined || !video.isReceived) {
      const others = session.packets.flat().length;
      if (route.transport === 'udp' && others === 0 && videoOf((await watch(workplace, routeOf(route.stream, 'tcp'))).facts)?.isReceived)
        throw new Skipped(
          'not-testable',
          `no datagram came in ${seconds(session.receivedMs)}, while TCP plays: the network may drop them, such as a firewall`,
        );
      fail(
        'RTP packets of the video behind PLAY',
        `none in ${seconds(session.receivedMs)}${others === 0 ? '' : `; ${counted(others, 'packet')} of other tracks`}`,
        evidenceOf(session, 'PLAY'),
      );
    }
  });
}

/** Of the one route that is watched for long enough to tell. */
export function keepsPlaying({ requirement }: SectionApi, route: Route): void {
  const { id, over, stream, transport, url } = route;
  requirement(
    `${id}/keeps-playing`,
    'must',
    `${over}: the video goes on`,
    { place: '19.4', covers: [url], after: [`${id}/rtp-arrives`] },
    async (workplace) => {
      const first = await playing(workplace, route);
      if (videoOf(first.facts) === undefined) throw new Skipped('blocked', 'no video in H.264 or H.265 is described');
      if (first.endedAfterMs !== null) throw new Skipped('blocked', 'the camera ended the session, which rtsp/session/lasts tells');
      if (silenceOf(first).isUsual) return;
      // Once more where it stopped: a tester that is held up at the end of the time has not read what came.
      const again = await workplace.streams.watch(stream, { transport, durationMs: LONG_PLAY_MS, media: 'video' });
      const { isUsual, ms } = silenceOf(again);
      if (!isUsual)
        fail(
          `video for ${LONG_PLAY_MS / 1000} s, without a pause of more than ${seconds(LONGEST_PAUSE_MS)}`,
          `none in the last ${seconds(ms)} of them, twice`,
          evidenceOf(again, 'PLAY'),
        );
    },
  );
}

export function refusesUnknownSession({ requirement }: SectionApi): void {
  requirement(
    'rtsp/play-without-session/refused',
    'must',
    'PLAY with a session that does not exist is refused',
    { place: '19.4', covers: ['play-status'] },
    async ({ streams }) => {
      await streams.open(STREAMS[0], {}, async (session) => {
        await session.describe();
        expectRefused(
          await session.dialogue.ask({ method: 'PLAY', url: session.aggregateUrl, headers: [['Session', '0000000000000000']] }),
          'an unknown session',
        );
      });
    },
  );
}
