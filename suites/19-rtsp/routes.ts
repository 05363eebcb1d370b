/** The streams of 19 by each transport, each watched once for all checks that ask for it. */
import { Experiments } from '../../lib/checks/experiments.ts';
import { perCamera } from '../../lib/checks/per-camera.ts';
import { isSuccess } from '../../lib/checks/streams/rtsp-replies.ts';
import { isTransportRefused, lasts, STREAMS, type StreamName, videoOf, type Watched } from '../../lib/checks/streams/stream-lab.ts';
import type { Workplace } from '../../lib/execution/section.ts';
import type { StreamFacts } from '../../lib/media/stream-facts.ts';
import { Skipped } from '../../lib/results/finding.ts';

/** How long a stream is received for the rules of RTP, from its first packet on: some dozen pictures. */
export const WATCH_MS = 800;
/** Long enough to tell a stream that plays on from one that stops. */
export const LONG_PLAY_MS = 3000;
/** How long to wait for as much: an encoder that starts anew takes a while, and some cameras begin with a key frame, which may be 10 s off. */
export const LONGEST_WATCH_MS = 12_000;

/** A stream and what carries it. */
export interface Route {
  readonly stream: StreamName;
  readonly transport: 'tcp' | 'udp';
  /** how the ids of its checks begin: `rtsp/stream_0.tcp` */
  readonly id: string;
  /** `stream_0 over TCP` */
  readonly over: string;
  /** the clause that names the stream's URL */
  readonly url: string;
}

export const routeOf = (stream: StreamName, transport: 'tcp' | 'udp'): Route => ({
  stream,
  transport,
  id: `rtsp/${stream}.${transport}`,
  over: `${stream} over ${transport.toUpperCase()}`,
  url: stream === STREAMS[0] ? 'main-stream-url' : 'sub-stream-url',
});

export const ROUTES: readonly Route[] = STREAMS.flatMap((stream) => [routeOf(stream, 'tcp'), routeOf(stream, 'udp')]);

/** One stream is watched for long enough to tell whether it plays on. */
export const isWatchedLong = ({ stream, transport }: Route): boolean => stream === STREAMS[0] && transport === 'tcp';

const watched = perCamera(() => new Experiments());

/** One session for all checks of a route. */
export function watch({ streams, camera }: Workplace, route: Route): Promise<Watched> {
  const { stream, transport } = route;
  const enough = isWatched(isWatchedLong(route) ? LONG_PLAY_MS : WATCH_MS);
  return watched(camera).once(`${stream} ${transport}`, () =>
    streams.watch(stream, {
      transport,
      durationMs: LONGEST_WATCH_MS,
      enough,
      listenOn: true,
      ...(isWatchedLong(route) ? { isKeptAlive: true } : {}),
    }),
  );
}

/** The same for checks of what comes behind PLAY. */
export async function playing(workplace: Workplace, route: Route): Promise<Watched> {
  const session = await watch(workplace, route);
  if (session.play === null || !isSuccess(session.play)) throw new Skipped('blocked', 'the stream does not play');
  return session;
}

/** 461 says that the camera does without a transport; one of both it must have. */
export async function skipWithoutTransport(workplace: Workplace, route: Route): Promise<void> {
  const { stream, transport } = route;
  if (!isTransportRefused(await watch(workplace, route))) return;
  const other = transport === 'tcp' ? 'udp' : 'tcp';
  if ((await watch(workplace, routeOf(stream, other))).tracks.length === 0) return;
  throw new Skipped('not-offered', `${transport.toUpperCase()} is answered with status 461, and ${other.toUpperCase()} served`);
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
