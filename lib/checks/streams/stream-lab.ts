/**
 * Watches streams: one RTSP session for each question, its whole dialogue kept, what was received measured. Nothing is judged
 * here. Where the camera's RTSP port is depends on the settings of the run and on what the camera says.
 */
import type { Camera } from '../../camera/camera.ts';
import type { Viewing } from '../../evidence/viewing.ts';
import { parseRtp, type TimedPacket } from '../../media/rtp.ts';
import { parseSdp, type Sdp } from '../../media/sdp.ts';
import { measureStream, type StreamFacts } from '../../media/stream-facts.ts';
import type { VideoFacts } from '../../media/video-facts.ts';
import { fail, Skipped } from '../../results/finding.ts';
import type { RtspLogin } from '../../rtsp/auth.ts';
import type { ReceivedPacket } from '../../rtsp/collecting.ts';
import type { RtspReply } from '../../rtsp/connection.ts';
import { RtspFault } from '../../rtsp/fault.ts';
import { type RtspSession, type SessionOptions, type Track, withSession } from '../../rtsp/session.ts';
import type { Exchange, RtspExchange } from '../../wire/exchange.ts';
import { type AfterTeardown, listenAfterTeardown } from './after-teardown.ts';
import { RestartPatience } from './restart-patience.ts';

/** The streams of 19: main and sub. The URL of a third one is not documented. */
export const STREAMS = ['stream_0', 'stream_1'] as const;
export type StreamName = (typeof STREAMS)[number];

export interface WatchOptions {
  readonly transport?: 'udp' | 'tcp';
  readonly login?: RtspLogin;
  /** how long to receive, in milliseconds; key frames may be 10 s apart and more */
  readonly durationMs?: number;
  /** asked for each picture's first packet and later ones: enough seen */
  readonly enough?: (facts: () => readonly StreamFacts[]) => boolean;
  /** listen on after TEARDOWN, for packets that must not come any more */
  readonly listenOn?: true;
  /** null: requests name no User-Agent */
  readonly userAgent?: null;
  /** which media to set up; all when absent */
  readonly media?: 'video';
}

/** What came of one session. A step that was refused is the last one. */
export interface Watched {
  readonly options: RtspReply;
  readonly describe: RtspReply | null;
  readonly sdp: Sdp | null;
  readonly setups: readonly RtspReply[];
  readonly tracks: readonly Track[];
  readonly play: RtspReply | null;
  readonly teardown: RtspReply | null;
  /** when listening for packets ended, before TEARDOWN, by the clock of their arrival */
  readonly receivedUntil: number;
  /** RTP packets of each medium of the description, in order of arrival */
  readonly packets: readonly (readonly ReceivedPacket[])[];
  /** how long was listened for packets before TEARDOWN, in milliseconds; 0 where nothing played */
  readonly receivedMs: number;
  /** null when nobody listened */
  readonly afterTeardown: AfterTeardown | null;
  readonly facts: readonly StreamFacts[];
  readonly exchanges: readonly RtspExchange[];
}

const LONGEST_WATCH_MS = 30_000;
/** The same where the last session brought no packet: most cameras send at once, some begin with a key frame. */
const SILENT_WATCH_MS = 5000;
/** Pictures are judged in steps, so that measuring does not cost more than receiving. */
const MEASURE_EVERY_MS = 50;

export class StreamLab {
  readonly #camera: Camera;
  readonly #patience: RestartPatience;
  /** for whoever does not mind: TCP, until the camera refuses it */
  #transport: 'tcp' | 'udp' = 'tcp';
  /** the transports over which the last session that played brought no packet */
  readonly #silent = new Set<'udp' | 'tcp'>();
  readonly #listeners: ((viewing: Viewing) => void)[] = [];
  #base: Promise<{ readonly url: string; readonly isForwarded: boolean }> | null = null;

  constructor(camera: Camera) {
    this.#camera = camera;
    this.#patience = new RestartPatience(camera);
  }

  /** Looks until nothing speaks against what is seen, or until the last change of the streams had its time. */
  settled<T>(look: () => Promise<T>): Promise<T> {
    return this.#patience.settled(look);
  }

  /** From now on `listener` is told of each session when it has ended, whatever came of it. */
  onViewing(listener: (viewing: Viewing) => void): void {
    this.#listeners.push(listener);
  }

  /** Forgets where the port is: after it was changed. */
  forget(): void {
    this.#base = null;
  }

  /** `rtsp://host:port/stream_0`. */
  async url(stream: string): Promise<string> {
    this.#base ??= this.#findBase();
    return `${(await this.#base).url}/${stream}`;
  }

  async #findBase(): Promise<{ readonly url: string; readonly isForwarded: boolean }> {
    const { rtspUrl, baseUrl } = this.#camera.options;
    if (rtspUrl !== null) return { url: rtspUrl.href.replace(/\/$/, ''), isForwarded: false };
    const conf = await this.#camera.call('getRtspConf', null);
    const port = conf.kind === 'done' && typeof conf.reply.rtsp_port === 'number' ? conf.reply.rtsp_port : 554;
    const network = await this.#camera.call('getSysConfig', null);
    const webPort = network.kind === 'done' ? network.reply.webPort : undefined;
    const isForwarded = typeof webPort === 'number' && webPort !== Number(baseUrl.port || (baseUrl.protocol === 'https:' ? 443 : 80));
    return { url: `rtsp://${baseUrl.hostname}:${port}`, isForwarded };
  }

  async options(stream: string, options: WatchOptions = {}): Promise<SessionOptions> {
    const { user, password } = this.#camera.options;
    return {
      url: await this.url(stream),
      transport: options.transport ?? this.#transport,
      credentials: { user, password },
      login: options.login ?? 'right',
      timeoutMs: this.#camera.client.timeoutMs,
      ...(options.userAgent === null ? { userAgent: null } : {}),
    };
  }

  /** A session for questions of one's own. Not being able to reach the port is a finding, unless the ports are forwarded. */
  open<T>(stream: string, options: WatchOptions, use: (session: RtspSession) => Promise<T>): Promise<T> {
    return this.settled(() => this.#view(stream, options, use, () => []));
  }

  async #view<T>(
    stream: string,
    options: WatchOptions,
    use: (session: RtspSession) => Promise<T>,
    factsOf: (result: T) => readonly StreamFacts[],
  ): Promise<T> {
    let viewed: RtspSession | null = null;
    let facts: readonly StreamFacts[] = [];
    try {
      return await withSession(await this.options(stream, options), async (session) => {
        viewed = session;
        const result = await use(session);
        facts = factsOf(result);
        return result;
      });
    } catch (error) {
      if (!(error instanceof RtspFault)) throw error;
      if ((error.reason === 'refused' || error.reason === 'timeout') && error.exchange === null && (await this.#base)?.isForwarded) {
        throw new Skipped(
          'not-testable',
          `${error.message} The camera reports another web port than that of CAMERA_URL, so its ports are forwarded: set CAMERA_RTSP_URL.`,
        );
      }
      return fail('an RTSP dialogue (RFC 2326)', error.message, error.exchange === null ? null : error.exchange);
    } finally {
      this.#tell(viewed, facts);
    }
  }

  #tell(session: RtspSession | null, facts: readonly StreamFacts[]): void {
    if (session === null) return;
    const viewing = { exchanges: session.dialogue.exchanges, description: session.description, facts };
    for (const listener of this.#listeners) listener(viewing);
  }

  /** Goes through the whole dialogue of 19.1 to 19.5 and receives meanwhile. */
  async watch(stream: string, options: WatchOptions = {}): Promise<Watched> {
    const { durationMs = LONGEST_WATCH_MS } = options;
    const isSilent = this.#silent.has(options.transport ?? 'tcp') || this.#silent.has('tcp');
    const watched = await this.#patience.settled(
      () =>
        this.#view(
          stream,
          options,
          (session) => watchSession(session, { ...options, durationMs: isSilent ? Math.min(durationMs, SILENT_WATCH_MS) : durationMs }),
          ({ facts }) => facts,
        ),
      (seen) => isTransportRefused(seen) || seen.packets.some((ofTrack) => ofTrack.length > 0),
    );
    this.#noteSilence(options.transport ?? 'tcp', watched);
    if (options.transport === 'udp' || this.#transport === 'udp' || !isTransportRefused(watched)) return watched;
    // 19.3 shows UDP alone, so that a camera may do without TCP.
    this.#transport = 'udp';
    return options.transport === 'tcp' ? watched : this.watch(stream, options);
  }

  /** After a camera that plays has sent nothing at all it is not waited for as long again; once it sends, it is. */
  #noteSilence(transport: 'udp' | 'tcp', { play, packets }: Watched): void {
    if (play === null || play.status >= 300) return;
    if (packets.some((ofTrack) => ofTrack.length > 0)) this.#silent.delete(transport);
    else this.#silent.add(transport);
  }

  /** The first track of a stream as it is set up, nothing played; null where none can be. */
  trackOf(stream: string): Promise<Track | null> {
    return this.#patience.settled(
      () =>
        this.open(stream, {}, async (session) => {
          await session.describe();
          const [media] = session.media;
          if (media !== undefined) await session.setup(media);
          return session.tracks[0] ?? null;
        }),
      (track) => track !== null,
    );
  }

  /** The video of a stream, received until a key frame and `pictures` more have come. Throws when there is no video at all. */
  async video(
    stream: string,
    pictures = 2,
    options: WatchOptions = {},
  ): Promise<{ readonly facts: StreamFacts; readonly video: VideoFacts; readonly watched: Watched }> {
    const enough = (facts: () => readonly StreamFacts[]): boolean => {
      const video = videoOf(facts())?.content;
      return (
        video?.kind === 'video' && video.keyFrames > 0 && video.sequence !== null && video.pictures - (video.picturesBeforeKeyFrame ?? 0) > pictures
      );
    };
    const watched = await this.watch(stream, { media: 'video', enough, durationMs: LONGEST_WATCH_MS, ...options });
    expectPlaying(watched);
    const facts = videoOf(watched.facts);
    if (facts?.content?.kind !== 'video') fail('a video track in H.264 or H.265', describeTracks(watched), evidenceOf(watched, 'DESCRIBE'));
    return { facts, video: facts.content, watched };
  }
}

async function watchSession(session: RtspSession, { durationMs = LONGEST_WATCH_MS, enough, media: only, listenOn }: WatchOptions): Promise<Watched> {
  const options = await session.options();
  const describe = await session.describe();
  const sdp = session.description === null ? null : parseSdp(session.description);
  const setups: RtspReply[] = [];
  for (const media of session.media) {
    if (only === 'video' && media.kind !== 'video') continue;
    setups.push(await session.setup(media));
  }
  const packets: ReceivedPacket[][] = session.media.map(() => []);
  const factsNow = (): readonly StreamFacts[] =>
    (sdp?.media ?? []).map((media, index) => measureStream(media, (packets[index] ?? []).flatMap(timed)));
  const partial = { options, describe, sdp, setups, tracks: session.tracks, packets, exchanges: session.dialogue.exchanges };
  if (session.tracks.length === 0)
    return { ...partial, receivedUntil: performance.now(), receivedMs: 0, play: null, teardown: null, afterTeardown: null, facts: factsNow() };

  let measuredAt = 0;
  const take = (packet: ReceivedPacket): boolean => {
    if (packet.kind !== 'rtp') return false;
    packets[packet.track]?.push(packet);
    if (enough === undefined || packet.arrivedAt - measuredAt < MEASURE_EVERY_MS) return false;
    measuredAt = packet.arrivedAt;
    return enough(factsNow);
  };
  // Some cameras send before they answer PLAY; those packets count.
  const receiving = session.collect({ until: take, durationMs });
  const play = await session.play();
  if (play.status >= 300)
    return { ...partial, receivedUntil: performance.now(), receivedMs: 0, play, teardown: null, afterTeardown: null, facts: factsNow() };
  const { durationMs: receivedMs } = await receiving;
  const receivedUntil = performance.now();
  const facts = factsNow();
  const teardown = await session.teardown();
  const afterTeardown = listenOn ? await listenAfterTeardown(session) : null;
  return { ...partial, receivedUntil, receivedMs, play, teardown, afterTeardown, facts };
}

const timed = ({ bytes, arrivedAt }: ReceivedPacket): TimedPacket[] => {
  const packet = parseRtp(bytes);
  return packet === null ? [] : [{ packet, arrivedAtMs: arrivedAt }];
};

export const videoOf = (facts: readonly StreamFacts[]): StreamFacts | undefined => facts.find(({ content }) => content?.kind === 'video');
export const audioOf = (facts: readonly StreamFacts[]): StreamFacts | undefined => facts.find(({ content }) => content?.kind === 'audio');

/** Whether packets of a medium came for as long. */
export const lasts = (facts: StreamFacts | undefined, ms: number): boolean => {
  const source = facts?.source ?? null;
  return source !== null && source.lastArrivedAtMs - source.firstArrivedAtMs >= ms;
};

/** Whether every SETUP was answered with status 461: the camera does without that transport. */
export const isTransportRefused = ({ setups }: Watched): boolean => setups.length > 0 && setups.every(({ status }) => status === 461);

/** Throws unless the dialogue went as far as a stream that plays. */
export function expectPlaying(watched: Watched): void {
  const refused = [watched.describe, ...watched.setups, watched.play].find((reply) => reply !== null && reply.status >= 300);
  if (refused)
    fail(
      'a stream that can be described, set up and played',
      `${refused.exchange.method} is answered with status ${refused.status}`,
      refused.exchange,
    );
  if (watched.tracks.length === 0) fail('a session description with at least one track', 'none', evidenceOf(watched, 'DESCRIBE'));
}

const describeTracks = ({ facts }: Watched): string => (facts.length === 0 ? 'no track' : facts.map(({ codec }) => codec ?? 'unknown').join(', '));

/** The last exchange of a method, as evidence. */
export function evidenceOf({ exchanges }: Pick<Watched, 'exchanges'>, method: string): Exchange | null {
  const exchange = exchanges.findLast((each) => each.method === method);
  return exchange === undefined ? null : exchange;
}
