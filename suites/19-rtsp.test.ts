import { DONE_STRICTLY } from '../lib/checks/actions/expectations.ts';
import { Experiments } from '../lib/checks/experiments.ts';
import { perCamera } from '../lib/checks/per-camera.ts';
import { counted, seconds, shareOf } from '../lib/checks/quantities.ts';
import { latePackets, UNDER_WAY_MS } from '../lib/checks/streams/after-teardown.ts';
import {
  audioOf,
  evidenceOf,
  expectPlaying,
  isTransportRefused,
  STREAMS,
  type StreamName,
  videoOf,
  type Watched,
} from '../lib/checks/streams/stream-lab.ts';
import type { Members } from '../lib/document/row-value.ts';
import { rtsp } from '../lib/document/sections/19-rtsp.ts';
import { rtspEvidence } from '../lib/evidence/viewing.ts';
import { section, type Workplace } from '../lib/execution/section.ts';
import type { StreamFacts } from '../lib/media/stream-facts.ts';
import { fail, Skipped } from '../lib/results/finding.ts';
import type { Authorized, RtspLogin } from '../lib/rtsp/auth.ts';
import type { RtspReply } from '../lib/rtsp/connection.ts';
import type { RtspExchange } from '../lib/rtsp/exchange.ts';
import { forgedDigest, wrongBasic } from '../lib/rtsp/forged-login.ts';
import { parseRtpInfo } from '../lib/rtsp/headers/rtp-info.ts';
import { handshake } from '../lib/rtsp/witness.ts';
import type { Deviation } from '../lib/wire/exchange.ts';
import { headerValue } from '../lib/wire/header-value.ts';

/** How long a stream is received for the rules of RTP, from its first packet on: some dozen pictures. */
const WATCH_MS = 800;
/** How long it is received once more where the first look was odd. */
const LONGER_WATCH_MS = 3000;
/** How long to wait for that: an encoder that starts anew takes a while, and some cameras begin with a key frame, which may be 10 s off. */
const LONGEST_WATCH_MS = 12_000;
/** How long to wait for sound, which has no key frames. */
const LONGEST_SILENCE_MS = 5000;
/** Long enough to tell a stream that plays on from one that stops. */
const LONG_PLAY_MS = 3000;
/** A stream that is silent for longer has stopped, unless its pictures are as far apart. */
const LONGEST_PAUSE_MS = 1200;
const PATIENT_PICTURES = 3;
/** 19: the methods that are supported. */
const METHODS = ['OPTIONS', 'DESCRIBE', 'SETUP', 'PLAY', 'TEARDOWN'];
const VIDEO_CLOCK_HZ = 90_000;
const CLOCK_TOLERANCE = 0.1;
/** What makes a short look suspicious. A burst at the start, or a tester that is busy, has as much: the longer look decides. */
const JITTER_S = 0.1;
/** Timestamps that are off by as much have leapt, whatever they do before and behind. */
const LEAP_S = 10;
const ENVELOPE_JITTER_S = 0.15;
/** A longer gap between pictures than three of the usual ones, and this in ms, is none of the camera's. */
const HELD_UP_MS = 80;
/** QUIRKS: what a camera drops inside shows as gaps; a thousandth is no defect. */
const TOLERATED_LOSS = 0.001;

/** Sequence numbers between what RTP-Info says and the first packet that came: what a camera sends meanwhile. */
const NEAR_THE_START = 1000;
/** What Ethernet carries in one piece, without the headers of IPv4 and UDP. */
const LARGEST_DATAGRAM = 1472;

/** What rules are broken by replies, descriptions and payloads so that some clients stumble. The policy of QUIRKS: what is tolerated
 * everywhere (folded headers, line feeds alone in a description, a malformed o=) is not among them. */
const UNREADABLE: ReadonlySet<string> = new Set([
  'bad-status-line',
  'missing-reason',
  'wrong-version',
  'bare-lf',
  'space-before-colon',
  'header-without-name',
  'two-lengths',
  'bad-content-length',
  'stray-bytes',
  'bad-timeout',
  'bad-session-id',
  'empty-session-id',
]);
const MISDESCRIBED: ReadonlySet<string> = new Set([
  'sdp-no-version',
  'sdp-no-origin',
  'sdp-no-name',
  'sdp-no-time',
  'sdp-version',
  'sdp-connection-malformed',
  'sdp-media-malformed',
  'sdp-rtpmap-missing',
  'sdp-control-missing',
  'sdp-control-duplicate',
  'sprop-not-base64',
  'sprop-start-code',
  'sprop-not-parameter-set',
  'sprop-of-another-size',
  'video-clock-rate',
  'profile-level-id-malformed',
  'profile-level-id-differs',
  'fu-in-packetization-mode-0',
]);
const MISPACKED: ReadonlySet<string> = new Set([
  'payload-empty',
  'annex-b-in-payload',
  'h265-empty-fu',
  'fu-too-short',
  'fu-start-and-end',
  'fu-without-start',
  'fu-without-end',
  'stap-beyond-payload',
  'ap-beyond-payload',
  'nal-forbidden-bit',
  'h264-payload-structure',
  'h265-payload-structure',
  'sps-trailing-bytes',
  'rtp-padding-length',
  'rtp-extension-beyond-packet',
  'rtp-csrc-beyond-packet',
  'au-headers-beyond-payload',
  'au-beyond-payload',
]);

/** What says how packets of a codec are made. */
const PAYLOAD_RULES: Readonly<Record<string, string>> = { H264: 'RFC 6184', H265: 'RFC 7798', 'MPEG4-GENERIC': 'RFC 3640' };

const words = ({ id, detail }: Deviation): string => `${id.replaceAll('-', ' ')}: ${detail}`;

/** The sequence number with which the packets of a track begin, as they came. */
function firstSequence({ tracks, packets }: Watched, track: number): number | null {
  const bytes = packets[tracks[track]?.media.index ?? -1]?.[0]?.bytes;
  return bytes === undefined || bytes.length < 4 ? null : ((bytes[2] as number) << 8) | (bytes[3] as number);
}

const ssrcInHex = (ssrc: number): string => ssrc.toString(16).padStart(8, '0');
/** `status 454 Session Not Found`. */
const statusOf = ({ status, exchange }: RtspReply): string => `status ${/^\S+ (\d+[^\r\n]*)/.exec(exchange.response ?? '')?.[1]?.trim() ?? status}`;
const isSuccess = ({ status }: RtspReply): boolean => status >= 200 && status < 300;
const header = (reply: RtspReply, name: string): string | undefined => headerValue(reply.response.headers, name);

function expectSuccess(reply: RtspReply | null): RtspReply {
  if (reply === null) throw new Skipped('blocked', 'the dialogue did not come as far');
  if (!isSuccess(reply)) fail(`${reply.exchange.method} is answered with status 200`, statusOf(reply), rtspEvidence(reply.exchange));
  return reply;
}

/** Whether video came, and of whatever came enough; of a codec that is not known, whether every track came. */
const isWatched =
  (forMs: number) =>
  (facts: () => readonly StreamFacts[]): boolean => {
    const all = facts();
    const received = all.filter(({ isReceived }) => isReceived);
    return (
      (videoOf(received) !== undefined || (received.length > 0 && received.length === all.length)) && received.every((each) => lasts(each, forMs))
    );
  };

/** One stream is watched for long enough to tell whether it plays on. */
const isWatchedLong = (stream: StreamName, transport: 'tcp' | 'udp'): boolean => stream === STREAMS[0] && transport === 'tcp';

/** Whether a step that should be refused was; 5xx is a refusal, too (505 for the version). */
function expectStatus(reply: RtspReply, what: string): void {
  if (reply.status < 400)
    fail(`${what} is refused with a status of 4xx or 5xx`, `status ${reply.status}: it is served`, rtspEvidence(reply.exchange));
}

const lasts = (facts: StreamFacts | undefined, ms: number): boolean => {
  const source = facts?.source ?? null;
  return source !== null && source.lastArrivedAtMs - source.firstArrivedAtMs >= ms;
};

/** How long no video had come when the stream was ended, and whether its pictures are as far apart. */
function silenceOf({ facts, receivedUntil }: Watched): { readonly ms: number; readonly isUsual: boolean } {
  const { source = null, content = null } = videoOf(facts) ?? {};
  if (source === null) return { ms: LONG_PLAY_MS, isUsual: false };
  const rate = content?.kind === 'video' ? content.nominalFrameRate : null;
  const ms = receivedUntil - source.lastArrivedAtMs;
  return { ms, isUsual: ms <= Math.max(LONGEST_PAUSE_MS, (PATIENT_PICTURES * 1000) / (rate ?? 1)) };
}

interface MediaClock {
  readonly stepsBack: number;
  /** the largest of them, in seconds of the media clock */
  readonly farthestBackS: number;
  /** seconds of video by its timestamps, and by the tester's clock */
  readonly sentS: number;
  readonly arrivedS: number;
  /** seconds by which the least delayed picture of the second half is later than that of the first: what waits for a busy machine is not among them */
  readonly driftS: number;
  /** false where a tester that was held up got many pictures at once: a short look at them tells nothing */
  readonly cameEvenly: boolean;
}

function clockOf({ facts, exchanges }: Watched): MediaClock {
  const source = videoOf(facts)?.source;
  if (source === undefined || source === null) throw new Skipped('blocked', 'no video arrives');
  const [first, last] = [source.groups[0], source.groups.at(-1)];
  const lastedMs = source.lastArrivedAtMs - source.firstArrivedAtMs;
  if (source.groups.length === 1 && source.sequence.packets.length > 1 && lastedMs > WATCH_MS / 2)
    fail(
      `timestamps that count ${VIDEO_CLOCK_HZ} a second`,
      `one timestamp for ${counted(source.packets, 'packet')} in ${seconds(lastedMs)}`,
      evidenceOf({ exchanges }, 'PLAY'),
    );
  if (source.stepsBack === 0 && (first === undefined || last === undefined || last.ticks === 0))
    throw new Skipped('not-testable', 'too few pictures arrived');
  const delays = source.groups.map(({ ticks, firstArrivedAtMs }) => firstArrivedAtMs / 1000 - ticks / VIDEO_CLOCK_HZ);
  const half = delays.length >> 1;
  const gaps = source.groups.slice(1).map((group, index) => group.firstArrivedAtMs - (source.groups[index]?.firstArrivedAtMs ?? 0));
  const usual = gaps.toSorted((one, other) => one - other)[gaps.length >> 1] ?? 0;
  return {
    stepsBack: source.stepsBack,
    farthestBackS: Math.max(0, ...source.groups.slice(1).map(({ ticks }, index) => (source.groups[index]?.ticks ?? ticks) - ticks)) / VIDEO_CLOCK_HZ,
    cameEvenly: Math.max(0, ...gaps) < 3 * usual + HELD_UP_MS,
    driftS: half === 0 ? 0 : Math.min(...delays.slice(half)) - Math.min(...delays.slice(0, half)),
    sentS: ((last?.ticks ?? 0) - (first?.ticks ?? 0)) / VIDEO_CLOCK_HZ,
    arrivedS: ((last?.firstArrivedAtMs ?? 0) - (first?.firstArrivedAtMs ?? 0)) / 1000,
  };
}

const isOff = ({ sentS, arrivedS }: MediaClock): boolean => Math.abs(sentS - arrivedS) > CLOCK_TOLERANCE * arrivedS + JITTER_S;

/** No tester is as busy. */
const hasLeapt = ({ sentS, arrivedS }: MediaClock): boolean => Math.abs(sentS - arrivedS) > LEAP_S;

/** Each reply repeats the CSeq of its request. */
function verifySequence(exchanges: readonly RtspExchange[]): void {
  for (const exchange of exchanges) {
    const sent = /^CSeq:\s*(\d+)/im.exec(exchange.request)?.[1];
    const answered = /^cseq[ \t]*:[ \t]*(\d+)/im.exec(exchange.response ?? '')?.[1];
    if (sent !== answered)
      fail(
        `CSeq: ${sent} in the reply to ${exchange.method}, as in the request`,
        answered === undefined ? 'no CSeq' : `CSeq: ${answered}`,
        rtspEvidence(exchange),
      );
  }
}

section(rtsp, ({ generic, requirement }) => {
  // Before the settings are tried: that of the authentication decides whether anything is refused.
  requirement(
    'rtsp/refusals/cseq',
    'should',
    'a refusal repeats the CSeq of its request, too',
    { place: '19.1', covers: ['sequence-number-echoed'] },
    async ({ streams }) => {
      // The document shows no refusal, so this is RFC 2326's alone (12.17). Some cameras leave CSeq out of a 401 (Parrot-Developers/librtsp#2),
      // and clients cope: there is one open request.
      for (const [stream, login] of [
        [STREAMS[0], 'none'],
        ['stream_99', 'right'],
      ] as const) {
        await streams.open(stream, { login }, async (session) => {
          await session.describe();
          verifySequence(session.dialogue.exchanges.filter(({ status }) => status !== null && status >= 300));
        });
      }
    },
  );

  generic();

  const watched = perCamera(() => new Experiments());
  /** One session for all checks of a stream and transport. */
  const watch = ({ streams, camera }: Workplace, stream: StreamName, transport: 'tcp' | 'udp'): Promise<Watched> => {
    const key = `${stream} ${transport}`;
    const enough = isWatched(isWatchedLong(stream, transport) ? LONG_PLAY_MS : WATCH_MS);
    return watched(camera).once(key, () => streams.watch(stream, { transport, durationMs: LONGEST_WATCH_MS, enough, listenOn: true }));
  };
  const playing = async (workplace: Workplace, stream: StreamName, transport: 'tcp' | 'udp'): Promise<Watched> => {
    const session = await watch(workplace, stream, transport);
    if (session.play === null || !isSuccess(session.play)) throw new Skipped('blocked', 'the stream does not play');
    return session;
  };

  /** 461 says that the camera does without a transport; one of both it must have. */
  const skipWithoutTransport = async (workplace: Workplace, stream: StreamName, transport: 'tcp' | 'udp'): Promise<void> => {
    if (!isTransportRefused(await watch(workplace, stream, transport))) return;
    const other = transport === 'tcp' ? 'udp' : 'tcp';
    if ((await watch(workplace, stream, other)).tracks.length === 0) return;
    throw new Skipped('not-offered', `${transport.toUpperCase()} is answered with status 461, and ${other.toUpperCase()} served`);
  };

  for (const stream of STREAMS) {
    const isMain = stream === STREAMS[0];
    for (const transport of ['tcp', 'udp'] as const) {
      const id = `rtsp/${stream}.${transport}`;
      const over = `${stream} over ${transport.toUpperCase()}`;
      const url = isMain ? 'main-stream-url' : 'sub-stream-url';

      if (transport === 'tcp') {
        requirement(
          `${id}/options`,
          'must',
          `${stream}: OPTIONS is answered with 200 and names the five methods`,
          { place: '19.1', covers: ['options-status', 'public-names-five-methods'] },
          async (workplace) => {
            const { options } = await watch(workplace, stream, transport);
            expectSuccess(options);
            const named = (header(options, 'public') ?? '').toUpperCase().split(/[\s,]+/);
            const missing = METHODS.filter((method) => !named.includes(method));
            if (missing.length > 0)
              fail(
                `Public: ${METHODS.join(', ')}, and others`,
                header(options, 'public') === undefined ? 'no Public header' : `Public: ${header(options, 'public')}, without ${missing.join(', ')}`,
                rtspEvidence(options.exchange),
              );
          },
        );

        // Each reply that 19.1 to 19.5 show repeats CSeq, and the contract requires the handshake: so it does of a reply with success.
        requirement(
          `${id}/cseq`,
          'must',
          `${stream}: each reply of the handshake repeats the CSeq of its request`,
          { place: '19.1', covers: ['sequence-number-echoed'] },
          async (workplace) => {
            const { exchanges } = await watch(workplace, stream, transport);
            verifySequence(exchanges.filter(({ status }) => status !== null && status < 300));
          },
        );

        requirement(
          `${id}/syntax`,
          'should',
          `${stream}: replies are written as RFC 2326 wants them`,
          { place: '19', covers: [url] },
          async (workplace) => {
            const { exchanges } = await watch(workplace, stream, transport);
            for (const exchange of exchanges) {
              const odd = exchange.deviations.find(({ id: kind }) => UNREADABLE.has(kind));
              if (odd !== undefined) fail(`a reply to ${exchange.method} as in RFC 2326, 4 and 7`, words(odd), rtspEvidence(exchange));
            }
          },
        );

        requirement(
          `${id}/describe`,
          'must',
          `${stream}: DESCRIBE is answered with a session description that has video`,
          { place: '19.2', covers: ['describe-status', url] },
          async (workplace) => {
            const { describe, sdp } = await watch(workplace, stream, transport);
            const reply = expectSuccess(describe);
            if (!sdp?.media.some(({ kind }) => kind === 'video'))
              fail(
                'a session description with m=video',
                sdp === null
                  ? 'no session description'
                  : `a description with ${sdp.media.map(({ kind }) => `m=${kind}`).join(' and ') || 'no m= line'}`,
                rtspEvidence(reply.exchange),
              );
          },
        );

        requirement(
          `${id}/describe-headers`,
          'should',
          `${stream}: the session description has its type, its length and a usable base`,
          { place: '19.2', covers: ['describe-type', 'describe-length', 'describe-base'] },
          async (workplace) => {
            const { describe } = await watch(workplace, stream, transport);
            const reply = expectSuccess(describe);
            const type = header(reply, 'content-type');
            if (type?.split(';')[0]?.trim().toLowerCase() !== 'application/sdp')
              fail('Content-Type: application/sdp', type === undefined ? 'no Content-Type' : `Content-Type: ${type}`, rtspEvidence(reply.exchange));
            const wrong = reply.exchange.deviations.find(({ id: kind }) => /length|base/.test(kind));
            if (wrong !== undefined)
              fail('Content-Length and Content-Base that hold', `${wrong.id.replaceAll('-', ' ')}: ${wrong.detail}`, rtspEvidence(reply.exchange));
          },
        );
      }

      if (transport === 'tcp') {
        requirement(
          `${id}/description`,
          'should',
          `${stream}: the session description follows its rules`,
          { place: '19.2', covers: ['describe-type'] },
          async (workplace) => {
            const { describe, sdp, facts, exchanges } = await watch(workplace, stream, transport);
            expectSuccess(describe);
            const odd = [...(sdp?.deviations ?? []), ...facts.flatMap(({ deviations }) => deviations)].find(({ id: kind }) => MISDESCRIBED.has(kind));
            if (odd !== undefined)
              fail('a description as in RFC 4566, RFC 2326 appendix C and RFC 6184, 8', words(odd), evidenceOf({ exchanges }, 'DESCRIBE'));
          },
        );
      }

      requirement(
        `${id}/setup`,
        'must',
        `${over}: SETUP of each track is answered with 200 and the transport that was asked for`,
        { place: '19.3', covers: ['setup-status', 'setup-transport'] },
        async (workplace) => {
          const { setups, tracks } = await watch(workplace, stream, transport);
          if (setups.length === 0) throw new Skipped('blocked', 'nothing was described that could be set up');
          await skipWithoutTransport(workplace, stream, transport);
          for (const setup of setups) expectSuccess(setup);
          for (const [index, { answered, asked }] of tracks.entries()) {
            const setup = setups[index];
            if (answered === null || setup === undefined) continue;
            const evidence = rtspEvidence(setup.exchange);
            const received = `Transport: ${header(setup, 'transport')}`;
            if (transport === 'udp' && answered.serverPort === null) fail('a Transport with server_port', received, evidence);
            const isInterleaved = answered.interleaved !== null;
            if (isInterleaved !== (transport === 'tcp'))
              fail(`a Transport of ${transport.toUpperCase()}, as asked: ${asked.protocol}`, received, evidence);
            if (answered.delivery === 'multicast') fail('a Transport with unicast, as asked', received, evidence);
          }
        },
      );

      requirement(
        `${id}/setup-headers`,
        'should',
        `${over}: SETUP gives a session of its own and says which transport it chose`,
        { place: '19.3', covers: ['setup-session'] },
        async (workplace) => {
          const { setups, tracks } = await watch(workplace, stream, transport);
          const [first] = setups;
          if (first === undefined) throw new Skipped('blocked', 'nothing was set up');
          await skipWithoutTransport(workplace, stream, transport);
          const session = header(expectSuccess(first), 'session');
          if (session === undefined) fail('a Session header', 'no Session header', rtspEvidence(first.exchange));
          if ((session.split(';')[0] ?? '').trim().length < 8)
            fail('a session id of 8 characters or more (RFC 2326, 3.4)', `Session: ${session}`, rtspEvidence(first.exchange));
          const silent = tracks.findIndex(({ answered }) => answered === null);
          if (silent >= 0) fail('a Transport header', 'no Transport header that can be read', rtspEvidence((setups[silent] ?? first).exchange));
          const ids = new Set(setups.filter(isSuccess).map((setup) => header(setup, 'session')?.split(';')[0]?.trim()));
          if (ids.size > 1)
            fail('one session for all tracks of a stream', `sessions ${[...ids].join(' and ')}`, rtspEvidence((setups.at(-1) as RtspReply).exchange));
          const ports = tracks.map(({ asked, answered }) => [asked.clientPort?.first, answered?.clientPort?.first] as const);
          const changed = ports.findIndex(([asked, repeated]) => repeated !== undefined && repeated !== asked);
          const [asked, repeated] = ports[changed] ?? [];
          if (changed >= 0) fail(`client_port=${asked}, as asked`, `client_port=${repeated}`, rtspEvidence((setups[changed] ?? first).exchange));
          const channels = tracks.flatMap(({ answered }) => answered?.interleaved?.first ?? []);
          if (new Set(channels).size < channels.length)
            fail(
              'interleaved channels of its own for each track',
              `tracks that begin at channels ${channels.join(' and ')}`,
              rtspEvidence((setups.at(-1) as RtspReply).exchange),
            );
        },
      );

      requirement(
        `${id}/play`,
        'must',
        `${over}: PLAY is answered with 200 in the same session`,
        { place: '19.4', covers: ['play-status', 'play-session'] },
        async (workplace) => {
          const { play, setups } = await watch(workplace, stream, transport);
          const reply = expectSuccess(play);
          const idOf = (of: RtspReply | undefined) => (of === undefined ? undefined : header(of, 'session')?.split(';')[0]?.trim());
          const [given, kept] = [idOf(setups[0]), idOf(reply)];
          if (given !== undefined && kept !== undefined && given !== kept)
            fail(`Session: ${given}, as SETUP gave`, `Session: ${kept}`, rtspEvidence(reply.exchange));
        },
      );

      requirement(
        `${id}/rtp-info`,
        'should',
        `${over}: RTP-Info, where it is sent, says where the packets begin`,
        { place: '19.4', covers: ['play-rtp-info'] },
        async (workplace) => {
          const session = await playing(workplace, stream, transport);
          const reply = session.play as RtspReply;
          const text = header(reply, 'rtp-info');
          if (text === undefined) throw new Skipped('not-offered', 'PLAY is answered without RTP-Info');
          const { value, deviations } = parseRtpInfo(text);
          const [broken] = deviations;
          if (broken !== undefined) fail('RTP-Info as in RFC 2326, 12.33', `${broken.id}: ${broken.detail}`, rtspEvidence(reply.exchange));
          if (value.length === 0) fail('RTP-Info with the URL of a track', JSON.stringify(text), rtspEvidence(reply.exchange));
          if (value.length !== session.tracks.length) return;
          for (const [index, { seq }] of value.entries()) {
            const first = firstSequence(session, index);
            if (seq === null || first === null) continue;
            const ahead = (first - seq) & 0xffff;
            if (Math.min(ahead, 0x1_0000 - ahead) > NEAR_THE_START)
              fail(
                `RTP-Info with seq=${first} for track ${index + 1}, with which its packets begin, give or take ${NEAR_THE_START}`,
                `seq=${seq}`,
                rtspEvidence(reply.exchange),
              );
          }
        },
      );

      requirement(`${id}/rtp-arrives`, 'must', `${over}: video arrives after PLAY`, { place: '19.4', covers: [url] }, async (workplace) => {
        const session = await playing(workplace, stream, transport);
        const video = videoOf(session.facts);
        if (video === undefined || !video.isReceived) {
          const others = session.packets.flat().length;
          fail(
            'RTP packets of the video behind PLAY',
            `none in ${seconds(session.receivedMs)}${others === 0 ? '' : `; ${counted(others, 'packet')} of other tracks`}`,
            evidenceOf(session, 'PLAY'),
          );
        }
      });

      if (isWatchedLong(stream, transport)) {
        requirement(
          `${id}/keeps-playing`,
          'must',
          `${over}: the video goes on`,
          { place: '19.4', covers: [url], after: [`${id}/rtp-arrives`] },
          async (workplace) => {
            const first = await playing(workplace, stream, transport);
            if (videoOf(first.facts) === undefined) throw new Skipped('blocked', 'no video in H.264 or H.265 is described');
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

      requirement(
        `${id}/rtp-header`,
        'must',
        `${over}: RTP version 2, the payload type of the description, one source`,
        { place: '19.4', covers: [url] },
        async (workplace) => {
          const session = await playing(workplace, stream, transport);
          const evidence = evidenceOf(session, 'SETUP');
          for (const [index, facts] of session.facts.entries()) {
            if (!facts.isReceived) continue;
            const [malformed] = facts.rtp.deviations.filter(({ id: kind }) => kind.includes('version'));
            const of = `of track ${index + 1} (${session.sdp?.media[index]?.kind ?? 'unknown'})`;
            if (malformed !== undefined) fail(`RTP version 2 in the packets ${of}`, malformed.detail, evidence);
            if (facts.unlistedPayloadTypes.length > 0)
              fail(
                `payload type ${session.sdp?.media[index]?.payloadTypes.join(' or ')} in the packets ${of}, as described`,
                `payload type ${facts.unlistedPayloadTypes.join(' and ')}`,
                evidence,
              );
            const { sources } = facts.rtp;
            if (sources.length !== 1)
              fail(
                `one SSRC in all packets ${of}`,
                `${sources.length} of them: ${sources
                  .slice(0, 4)
                  .map(({ ssrc }) => ssrcInHex(ssrc))
                  .join(', ')}`,
                evidence,
              );
            const announced = session.tracks.find(({ media }) => media.index === index)?.answered?.ssrc;
            if (announced !== undefined && announced !== null && announced !== facts.source?.ssrc) {
              fail(`SSRC ${ssrcInHex(announced)} in the packets ${of}, as Transport says`, `SSRC ${ssrcInHex(facts.source?.ssrc ?? 0)}`, evidence);
            }
          }
        },
      );

      requirement(
        `${id}/payload`,
        'should',
        `${over}: packets hold what the rules of their codec allow`,
        { place: '19.4', covers: [url] },
        async (workplace) => {
          const session = await playing(workplace, stream, transport);
          if (!session.facts.some(({ isReceived }) => isReceived)) throw new Skipped('blocked', 'no packets arrive');
          for (const [index, { codec, deviations }] of session.facts.entries()) {
            const odd = deviations.find(({ id: kind }) => MISPACKED.has(kind));
            const rule = PAYLOAD_RULES[codec ?? ''] ?? 'RFC 3550';
            if (odd !== undefined)
              fail(`packets of track ${index + 1} (${codec ?? 'of an unknown codec'}) as in ${rule}`, words(odd), evidenceOf(session, 'PLAY'));
          }
          const largest = Math.max(0, ...session.packets.flat().map(({ bytes }) => bytes.length));
          if (transport === 'udp' && largest > LARGEST_DATAGRAM)
            fail(
              `packets of at most ${LARGEST_DATAGRAM} bytes, which no network has to cut up`,
              `a packet of ${largest} bytes`,
              evidenceOf(session, 'SETUP'),
            );
        },
      );

      requirement(`${id}/sequence`, 'should', `${over}: sequence numbers have no gaps`, { place: '19.4', covers: [url] }, async (workplace) => {
        const session = await playing(workplace, stream, transport);
        for (const { source } of session.facts) {
          if (source === null) continue;
          const { lost, reordered, restarts, duplicates, strays } = source.sequence;
          // The network loses and swaps datagrams; it does not number them anew, or give most of them one number.
          const [odd] = [
            ...restarts.map(({ from, to }) => `${from}, then ${to}`),
            ...(2 * duplicates > source.packets ? [`${duplicates} of ${counted(source.packets, 'packet')} with a number that was there before`] : []),
          ];
          if (odd !== undefined) fail('sequence numbers that go up by 1 from packet to packet', odd, evidenceOf(session, 'PLAY'));
          if (transport === 'tcp' && reordered + duplicates + strays > TOLERATED_LOSS * source.packets) {
            fail(
              `sequence numbers that go up by 1 from packet to packet, with ${100 * TOLERATED_LOSS} % of exceptions at most`,
              `of ${counted(source.packets, 'packet')} ${reordered} out of order, ${duplicates} twice, ${strays} far from their neighbours`,
              evidenceOf(session, 'PLAY'),
            );
          }
          if (transport === 'udp' && lost > 0)
            throw new Skipped('not-testable', `${lost} packets were lost on the way: loss of the network is no defect of the camera`);
          if (source.lossRate > TOLERATED_LOSS)
            fail(
              `sequence numbers without gaps: ${100 * TOLERATED_LOSS} % of the packets missing at most`,
              `${lost} missing beside ${counted(source.packets, 'packet')} (${(100 * source.lossRate).toFixed(1)} %), ${reordered} out of order`,
              evidenceOf(session, 'PLAY'),
            );
        }
      });

      requirement(`${id}/timestamps`, 'must', `${over}: video timestamps run on at 90 kHz`, { place: '19.4', covers: [url] }, async (workplace) => {
        let session = await playing(workplace, stream, transport);
        let clock = clockOf(session);
        let wrong = isOff(clock) || !clock.cameEvenly;
        if (clock.stepsBack > 0)
          fail(
            'timestamps that never run back',
            `${counted(clock.stepsBack, 'step')} back, the farthest by ${seconds(1000 * clock.farthestBackS)}`,
            evidenceOf(session, 'PLAY'),
          );
        // One sample proves nothing: a camera, or a tester, that is busy for a moment makes up for it in one burst.
        for (let again = 0; again < 2 && wrong; again += 1) {
          session = await workplace.streams.watch(stream, {
            transport,
            durationMs: LONGEST_WATCH_MS,
            enough: (facts) => lasts(videoOf(facts()), LONGER_WATCH_MS),
          });
          expectPlaying(session);
          clock = clockOf(session);
          wrong = hasLeapt(clock) || Math.abs(clock.driftS) > CLOCK_TOLERANCE * (clock.arrivedS / 2) + ENVELOPE_JITTER_S;
        }
        if (!wrong) return;
        fail(
          `timestamps that count ${VIDEO_CLOCK_HZ} a second, ±${100 * CLOCK_TOLERANCE} %: pictures came for ${clock.arrivedS.toFixed(2)} s`,
          `${clock.sentS.toFixed(2)} s by their timestamps: ${shareOf(clock.sentS, clock.arrivedS)}${hasLeapt(clock) ? '; they leap' : ''}`,
          evidenceOf(session, 'PLAY'),
        );
      });

      requirement(`${id}/marker`, 'should', `${over}: the marker bit ends each picture`, { place: '19.4', covers: [url] }, async (workplace) => {
        const session = await playing(workplace, stream, transport);
        const markers = videoOf(session.facts)?.source?.markers;
        if (markers === undefined) throw new Skipped('blocked', 'no video arrives');
        if (markers.none > 1 || markers.elsewhere > 0)
          fail(
            'the marker bit on the last packet of each picture and on no other (RFC 6184, 5.1); one picture without is allowed',
            `${counted(markers.last, 'picture')} with it there, ${markers.none} without, ${markers.elsewhere} with it elsewhere`,
            evidenceOf(session, 'PLAY'),
          );
      });

      requirement(
        `${id}/decodable`,
        'must',
        `${over}: the video has its parameter sets, and a size`,
        { place: '19.4', covers: [url] },
        async (workplace) => {
          const session = await playing(workplace, stream, transport);
          const video = videoOf(session.facts)?.content;
          if (video?.kind !== 'video' || !videoOf(session.facts)?.isReceived) throw new Skipped('blocked', 'no video in H.264 or H.265 arrives');
          if (video.missing.length > 0)
            fail('parameter sets in the stream or in the description', `no ${video.missing.join(', no ')}`, evidenceOf(session, 'DESCRIBE'));
          if (video.width === null) fail('a sequence parameter set that can be read', 'none', evidenceOf(session, 'DESCRIBE'));
          if (video.keyFrames > 0) return;
          const { video: later } = await workplace.streams.video(stream, 0, { transport });
          if (later.keyFrames === 0)
            fail('a key frame within 30 s', `${counted(later.pictures, 'picture')} without one`, evidenceOf(session, 'PLAY'));
        },
      );

      requirement(
        `${id}/teardown`,
        'must',
        `${over}: TEARDOWN is answered with 200, and the packets stop`,
        { place: '19.5', covers: ['teardown-status', 'teardown-ends-session'] },
        async (workplace) => {
          const session = await playing(workplace, stream, transport);
          const reply = expectSuccess(session.teardown);
          const late = session.afterTeardown === null ? null : latePackets(session.afterTeardown);
          if (late !== null)
            fail(
              `no RTP packets later than ${UNDER_WAY_MS} ms after the reply to TEARDOWN (some may be under way)`,
              late,
              rtspEvidence(reply.exchange),
            );
        },
      );
    }
  }

  requirement(
    'rtsp/session/distinct',
    'must',
    'two sessions at once have different ids',
    { place: '19.3', covers: ['setup-session'] },
    async ({ streams }) => {
      await streams.open(STREAMS[0], {}, async (first) => {
        await first.start();
        await streams.open(STREAMS[0], {}, async (second) => {
          await second.describe();
          const [media] = second.media;
          if (media === undefined) throw new Skipped('blocked', 'nothing to set up');
          const reply = await second.setup(media);
          if (!isSuccess(reply)) throw new Skipped('not-testable', `a second session is answered with status ${reply.status}`);
          if (first.id !== null && first.id === second.id)
            fail('a session id that no other session has (RFC 2326, 12.37)', `Session: ${second.id} for two at once`, rtspEvidence(reply.exchange));
        });
      });
    },
  );

  requirement(
    'rtsp/unknown-stream/refused',
    'must',
    'DESCRIBE of a stream that does not exist is refused',
    { place: '19.2', covers: ['describe-status'] },
    async ({ streams }) => {
      await streams.open('stream_99', {}, async (session) => expectStatus(await session.describe(), 'an unknown stream'));
    },
  );

  requirement(
    'rtsp/setup-without-transport/refused',
    'must',
    'SETUP without Transport is refused',
    { place: '19.3', covers: ['setup-status'] },
    async ({ streams }) => {
      await streams.open(STREAMS[0], {}, async (session) => {
        await session.describe();
        expectStatus(await session.dialogue.ask({ method: 'SETUP', url: session.aggregateUrl }), 'SETUP without Transport');
      });
    },
  );

  requirement(
    'rtsp/play-without-session/refused',
    'must',
    'PLAY with a session that does not exist is refused',
    { place: '19.4', covers: ['play-status'] },
    async ({ streams }) => {
      await streams.open(STREAMS[0], {}, async (session) => {
        await session.describe();
        expectStatus(
          await session.dialogue.ask({ method: 'PLAY', url: session.aggregateUrl, headers: [['Session', '0000000000000000']] }),
          'an unknown session',
        );
      });
    },
  );

  requirement(
    'rtsp/version/refused',
    'should',
    'a request of another RTSP version is refused',
    { place: '19', covers: ['options-status'] },
    async ({ streams }) => {
      await streams.open(STREAMS[0], {}, async (session) => {
        expectStatus(await session.dialogue.ask({ method: 'OPTIONS', url: session.dialogue.url, version: 'RTSP/9.9' }), 'RTSP/9.9');
      });
    },
  );

  requirement(
    'rtsp/header-names/any-case',
    'should',
    'header names are understood in any case of letters',
    { place: '19', covers: ['options-status'] },
    async ({ streams }) => {
      await streams.open(STREAMS[0], {}, async (session) => {
        if (!isSuccess(await session.options())) throw new Skipped('blocked', 'OPTIONS is refused in any spelling');
        const reply = await session.dialogue.ask({ method: 'OPTIONS', url: session.dialogue.url, spelling: (name) => name.toLowerCase() });
        if (!isSuccess(reply)) fail('status 200 for "cseq" as for "CSeq" (RFC 2326, 4.2)', `status ${reply.status}`, rtspEvidence(reply.exchange));
      });
    },
  );

  requirement(
    'rtsp/user-agent/optional',
    'should',
    'a request without User-Agent is served',
    { place: '19.2', covers: ['describe-status'] },
    async ({ streams }) => {
      const named = await streams.open(STREAMS[0], {}, (session) => session.describe());
      if (!isSuccess(named)) throw new Skipped('blocked', 'DESCRIBE is refused with User-Agent, too');
      const reply = await streams.open(STREAMS[0], { userAgent: null }, (session) => session.describe());
      if (!isSuccess(reply)) fail('status 200 without User-Agent (RFC 2326, 12.41)', `status ${reply.status}`, rtspEvidence(reply.exchange));
    },
  );

  requirement(
    'rtsp/witness/handshake',
    'should',
    'an ordinary client library gets through the handshake',
    { place: '19', covers: ['main-stream-url'] },
    async (workplace) => {
      const { streams, camera } = workplace;
      const own = await watch(workplace, STREAMS[0], 'udp');
      if (isTransportRefused(own)) throw new Skipped('not-testable', 'the library knows UDP alone, which this camera does without');
      if (![own.options, own.describe, own.play, own.teardown].every((reply) => reply !== null && isSuccess(reply)))
        throw new Skipped('blocked', 'the suite itself does not get through the handshake');
      const { user, password } = camera.options;
      const problem = await handshake(await streams.url(STREAMS[0]), user, password);
      if (problem === null) return;
      // The library reads too little of RTSP to be a judge: headers that are folded, replies in several segments, an empty reason.
      if (!own.exchanges.some(({ deviations }) => deviations.some(({ id }) => UNREADABLE.has(id))))
        throw new Skipped('not-testable', `the package rtsp-client stops (${problem}), and no rule that the camera breaks explains it`);
      fail('the package rtsp-client gets as far as PLAY', problem);
    },
  );

  /** Whether a login is served, with the authentication that `members` switch. */
  const served = async (workplace: Workplace, members: Members, login: RtspLogin): Promise<RtspReply> => {
    workplace.done(await workplace.lab('getRtspConf').write(members));
    return workplace.streams.open(STREAMS[0], { login }, (session) => session.describe());
  };
  /** What switches the authentication: `enable` as the table says, with `auth` beside it where the camera has that, too. */
  const switched = (reply: Members, to: 0 | 1): Members => ({ enable: to, ...('auth' in reply ? { auth: to } : {}) });

  /** What a request is answered with that has credentials of our own making, on a connection that was refused without any. Null: there are none. */
  const asked = (
    { streams }: Workplace,
    method: string,
    stream: StreamName,
    credentials: (refused: RtspReply, url: string) => Authorized | null,
  ): Promise<RtspReply | null> =>
    streams.open(stream, { login: 'none' }, async ({ dialogue }) => {
      const { url, connection } = dialogue;
      const authorization = credentials(await dialogue.ask({ method, url, headers: [['Accept', 'application/sdp']] }), url);
      return authorization === null ? null : connection.send({ method, url, headers: [['Accept', 'application/sdp']], authorization });
    });

  const LOGINS = { none: 'a request without credentials', 'wrong-user': 'a wrong user name', 'wrong-password': 'a wrong password' } as const;
  const withAuthentication = { place: '19.8', action: 'setRtspConf', hazards: ['network'] } as const;
  requirement(
    'rtsp/authentication/required',
    'must',
    'with certification open, the right credentials are served and all others refused',
    { ...withAuthentication, covers: ['authentication-when-enabled'], strict: DONE_STRICTLY },
    async (workplace) => {
      const reply = await workplace.lab('getRtspConf').opening();
      if (!('enable' in reply)) throw new Skipped('not-offered', 'getRtspConf does not return enable');
      const members = switched(reply, 1);
      const right = await served(workplace, members, 'right');
      if (!isSuccess(right)) fail('status 200 for the right user and password while enable is 1', statusOf(right), rtspEvidence(right.exchange));
      for (const login of ['none', 'wrong-user', 'wrong-password'] as const) {
        const refused = await served(workplace, members, login);
        if (refused.status !== 401)
          fail(
            `status 401 for ${LOGINS[login]} while enable is 1`,
            `status ${refused.status}${isSuccess(refused) ? ': it is served' : ''}`,
            rtspEvidence(refused.exchange),
          );
      }
      const basic = await asked(workplace, 'DESCRIBE', STREAMS[0], () => wrongBasic(workplace.camera.options));
      if (basic !== null) expectStatus(basic, 'Basic with a wrong password');
    },
  );

  requirement(
    'rtsp/authentication/every-request',
    'must',
    'with certification open, a track is not set up without credentials either',
    { ...withAuthentication, covers: ['authentication-when-enabled'], after: ['rtsp/authentication/required'], strict: DONE_STRICTLY },
    async (workplace) => {
      const reply = await workplace.lab('getRtspConf').opening();
      if (!('enable' in reply)) throw new Skipped('not-offered', 'getRtspConf does not return enable');
      workplace.done(await workplace.lab('getRtspConf').write(switched(reply, 1)));
      const url = await workplace.streams.open(STREAMS[0], {}, async (session) => {
        await session.describe();
        const [media] = session.media;
        if (media !== undefined) await session.setup(media);
        return session.tracks[0]?.url ?? null;
      });
      if (url === null) throw new Skipped('blocked', 'no track can be set up with the right credentials');
      const refused = await workplace.streams.open(STREAMS[0], { login: 'none' }, (session) =>
        session.dialogue.ask({ method: 'SETUP', url, headers: [['Transport', 'RTP/AVP/TCP;unicast;interleaved=0-1']] }),
      );
      expectStatus(refused, 'SETUP without credentials');
    },
  );

  requirement(
    'rtsp/authentication/forged',
    'should',
    'a Digest for another nonce, realm or method is refused',
    { ...withAuthentication, covers: ['authentication-when-enabled'], after: ['rtsp/authentication/required'], strict: DONE_STRICTLY },
    async (workplace) => {
      const reply = await workplace.lab('getRtspConf').opening();
      if (!('enable' in reply)) throw new Skipped('not-offered', 'getRtspConf does not return enable');
      workplace.done(await workplace.lab('getRtspConf').write(switched(reply, 1)));
      const { user, password } = workplace.camera.options;
      for (const what of ['nonce', 'realm', 'method'] as const) {
        const forged = await asked(workplace, 'DESCRIBE', STREAMS[0], (refused, url) =>
          forgedDigest(refused.response.headers, { user, password }, { method: 'DESCRIBE', url }, what),
        );
        if (forged === null) throw new Skipped('not-testable', 'the camera offers no Digest with MD5 and without qop');
        expectStatus(forged, `a Digest for another ${what}`);
      }
    },
  );

  requirement(
    'rtsp/authentication/not-required',
    'must',
    'with certification closed, a request without credentials is served',
    { ...withAuthentication, covers: ['open-when-disabled'], strict: DONE_STRICTLY },
    async (workplace) => {
      const reply = await workplace.lab('getRtspConf').opening();
      if (!('enable' in reply)) throw new Skipped('not-offered', 'getRtspConf does not return enable');
      const open = await served(workplace, switched(reply, 0), 'none');
      if (!isSuccess(open)) fail('status 200 without credentials while enable is 0', statusOf(open), rtspEvidence(open.exchange));
    },
  );

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
        }
      },
    );
  }
});
