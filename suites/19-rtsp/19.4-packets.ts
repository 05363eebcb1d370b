/** 19.4: the packets behind PLAY: their headers, what they hold, their numbers and times, and whether it makes pictures. */
import { counted, seconds, shareOf } from '../../lib/checks/quantities.ts';
import { brokenRule, MISPACKED, PAYLOAD_RULES } from '../../lib/checks/streams/broken-rules.ts';
import { CLOCK_TOLERANCE, clockOf, drifts, hasLeapt, isOff, VIDEO_CLOCK_HZ } from '../../lib/checks/streams/media-clock.ts';
import { evidenceOf, expectPlaying, lasts, STREAMS, videoOf, type Watched } from '../../lib/checks/streams/stream-lab.ts';
import type { SectionApi } from '../../lib/execution/section.ts';
import { fail, Skipped } from '../../lib/results/finding.ts';
import { LONGEST_WATCH_MS, playing, ROUTES, type Route, routeOf, watch } from './routes.ts';

/** How long a stream is received once more where the first look was odd. */
const LONGER_WATCH_MS = 3000;
/** QUIRKS: what a camera drops inside shows as gaps; a thousandth is no defect. */
const TOLERATED_LOSS = 0.001;
/** What Ethernet carries in one piece, without the headers of IPv4 and UDP. */
const LARGEST_DATAGRAM = 1472;

const ssrcInHex = (ssrc: number): string => ssrc.toString(16).padStart(8, '0');

export function sendsPacketsAsDescribed({ requirement }: SectionApi, route: Route): void {
  const { id, over, transport, url } = route;
  requirement(
    `${id}/rtp-header`,
    'must',
    `${over}: RTP version 2, the payload type of the description, one source`,
    { place: '19.4', covers: [url] },
    async (workplace) => {
      const session = await playing(workplace, route);
      const evidence = evidenceOf(session, 'SETUP');
      // What changes as it plays is said once, of all routes.
      const { facts: longest } = await watch(workplace, routeOf(STREAMS[0], 'tcp'));
      const isKept = longest.every(({ source }) => source === null || source.laterSsrcs.length === 0);
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
        if (isKept && announced !== undefined && announced !== null && announced !== facts.source?.ssrc) {
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
      const session = await playing(workplace, route);
      if (!session.facts.some(({ isReceived }) => isReceived)) throw new Skipped('blocked', 'no packets arrive');
      for (const [index, { codec, deviations }] of session.facts.entries()) {
        const odd = deviations.find(({ id: kind }) => MISPACKED.has(kind));
        const rule = PAYLOAD_RULES[codec ?? ''] ?? 'RFC 3550';
        if (odd !== undefined)
          fail(`packets of track ${index + 1} (${codec ?? 'of an unknown codec'}) as in ${rule}`, brokenRule(odd), evidenceOf(session, 'PLAY'));
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
}

export function numbersPackets({ requirement }: SectionApi, route: Route): void {
  const { id, over, stream, transport, url } = route;
  requirement(`${id}/sequence`, 'should', `${over}: sequence numbers have no gaps`, { place: '19.4', covers: [url] }, async (workplace) => {
    const session = await playing(workplace, route);
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
    let session = await playing(workplace, route);
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
      wrong = hasLeapt(clock) || drifts(clock);
    }
    if (!wrong) return;
    fail(
      `timestamps that count ${VIDEO_CLOCK_HZ} a second, ±${100 * CLOCK_TOLERANCE} %: pictures came for ${clock.arrivedS.toFixed(2)} s`,
      `${clock.sentS.toFixed(2)} s by their timestamps: ${shareOf(clock.sentS, clock.arrivedS)}${hasLeapt(clock) ? '; they leap' : ''}`,
      evidenceOf(session, 'PLAY'),
    );
  });

  requirement(`${id}/marker`, 'should', `${over}: the marker bit ends each picture`, { place: '19.4', covers: [url] }, async (workplace) => {
    const session = await playing(workplace, route);
    const markers = videoOf(session.facts)?.source?.markers;
    if (markers === undefined) throw new Skipped('blocked', 'no video arrives');
    if (markers.none > 1 || markers.elsewhere > 0)
      fail(
        'the marker bit on the last packet of each picture and on no other (RFC 6184, 5.1); one picture without is allowed',
        `${counted(markers.last, 'picture')} with it there, ${markers.none} without, ${markers.elsewhere} with it elsewhere`,
        evidenceOf(session, 'PLAY'),
      );
  });
}

export function sendsDecodableVideo({ requirement }: SectionApi, route: Route): void {
  const { id, over, stream, transport, url } = route;
  requirement(
    `${id}/decodable`,
    'must',
    `${over}: the video has its parameter sets, and a size`,
    { place: '19.4', covers: [url] },
    async (workplace) => {
      const session = await playing(workplace, route);
      const video = videoOf(session.facts)?.content;
      if (video?.kind !== 'video' || !videoOf(session.facts)?.isReceived) throw new Skipped('blocked', 'no video in H.264 or H.265 arrives');
      if (video.missing.length > 0)
        fail('parameter sets in the stream or in the description', `no ${video.missing.join(', no ')}`, evidenceOf(session, 'DESCRIBE'));
      if (video.width === null) fail('a sequence parameter set that can be read', 'none', evidenceOf(session, 'DESCRIBE'));
      if (video.keyFrames > 0) return;
      const { video: later } = await workplace.streams.video(stream, 0, { transport });
      if (later.keyFrames === 0) fail('a key frame within 30 s', `${counted(later.pictures, 'picture')} without one`, evidenceOf(session, 'PLAY'));
    },
  );
}

/** Seen over all routes: it is one cause. */
export function keepsItsSource({ requirement }: SectionApi): void {
  requirement(
    'rtsp/packets/one-source',
    'should',
    'the source of the packets keeps its SSRC while their numbers go on',
    { place: '19.4', covers: ['main-stream-url', 'sub-stream-url'] },
    async (workplace) => {
      const seen: string[] = [];
      let shown: Watched | null = null;
      for (const route of ROUTES) {
        const session = await watch(workplace, route);
        const later = session.facts.flatMap(({ source }) => source?.laterSsrcs ?? []);
        if (later.length === 0) continue;
        seen.push(`${counted(later.length, 'other SSRC')} in ${route.over}`);
        shown ??= session;
      }
      if (shown !== null)
        fail('one SSRC for a source as long as it plays (RFC 3550, 8)', `${seen.join(', ')}; the sequence numbers go on`, evidenceOf(shown, 'PLAY'));
    },
  );
}
