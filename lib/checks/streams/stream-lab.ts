/**
 * Watches streams: one RTSP session for each question, its whole dialogue kept, what was received measured. Nothing is judged
 * here. Where the camera's RTSP port is depends on the settings of the run and on what the camera says.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Camera } from '../../camera/camera.ts';
import type { Viewing } from '../../evidence/viewing.ts';
import { parseRtp, type TimedPacket } from '../../media/rtp.ts';
import { parseSdp, type Sdp } from '../../media/sdp.ts';
import { measureStream, type StreamFacts } from '../../media/stream-facts.ts';
import type { VideoFacts } from '../../media/video-facts.ts';
import { fail, finding, NonConformance, Skipped } from '../../results/finding.ts';
import type { RtspLogin } from '../../rtsp/auth.ts';
import type { ReceivedPacket } from '../../rtsp/collecting.ts';
import type { RtspReply } from '../../rtsp/connection.ts';
import { RtspFault, type RtspFaultReason } from '../../rtsp/fault.ts';
import type { KeepAliveMethod } from '../../rtsp/life-signs.ts';
import { type RtspSession, type SessionOptions, type Track, withSession } from '../../rtsp/session.ts';
import type { Exchange, RtspExchange } from '../../wire/exchange.ts';
import { type AfterTeardown, listenAfterTeardown } from './after-teardown.ts';
import { Intake } from './intake.ts';
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
  /** asks for a sign of life while it plays, and outlives a timeout that is short */
  readonly isKeptAlive?: true;
}

/** What came of one session. A step that was refused is the last one. */
export interface Watched {
  readonly options: RtspReply;
  readonly describe: RtspReply | null;
  readonly sdp: Sdp | null;
  readonly setups: readonly RtspReply[];
  readonly tracks: readonly Track[];
  readonly play: RtspReply | null;
  /** ms from the beginning of PLAY until the camera ended the connection by itself; null where it did not */
  readonly endedAfterMs: number | null;
  readonly signOfLife: SignOfLife | null;
  readonly teardown: RtspReply | null;
  /** why TEARDOWN has no answer; null where it has one, or was not sent */
  readonly unended: RtspFault | null;
  /** when listening for packets ended, before TEARDOWN, by the clock of their arrival */
  readonly receivedUntil: number;
  /** RTP packets of each medium of the description, in order of arrival */
  readonly packets: readonly (readonly ReceivedPacket[])[];
  /** more came than any stream of a camera has; the rest was not received */
  readonly isFlooded: boolean;
  /** how long was listened for packets before TEARDOWN, in milliseconds; 0 where nothing played */
  readonly receivedMs: number;
  /** null when nobody listened */
  readonly afterTeardown: AfterTeardown | null;
  readonly facts: readonly StreamFacts[];
  readonly exchanges: readonly RtspExchange[];
}

/** What a session was kept alive by, and when: ms from the beginning of PLAY. */
export interface SignOfLife {
  readonly method: KeepAliveMethod;
  readonly sentMs: number;
  /** null: none came */
  readonly reply: RtspReply | null;
}

const LONGEST_WATCH_MS = 30_000;
/** When a session that plays is asked for its sign of life. */
const SIGN_OF_LIFE_MS = 1200;
/** A session whose timeout is as short is watched for longer than that, in s. */
const SHORT_TIMEOUT_S = 20;
const BEYOND_TIMEOUT_MS = 2000;
/** Sooner than this behind a sign of life, a session ended by it. */
const ENDS_AT_ONCE_MS = 700;
/** A camera that ends its bodies short is not waited for as long each time. */
const SHORT_BODY_QUIET_MS = 250;
/** How long a camera that left a TEARDOWN unanswered is waited for at later ones. */
const SILENT_TEARDOWN_MS = 500;
/** Why there is no connection at all. */
const NO_WAY: ReadonlySet<RtspFaultReason> = new Set(['refused', 'unreachable', 'name-not-found', 'timeout']);
/** The same where the last session brought no packet: most cameras send at once, some begin with a key frame. */
const SILENT_WATCH_MS = 5000;
/** Pictures are judged in steps, so that measuring does not cost more than receiving: it takes at most a tenth of the time. */
const MEASURE_EVERY_MS = 50;
const PAUSE_PER_MEASURING = 9;

export class StreamLab {
  readonly #camera: Camera;
  readonly #patience: RestartPatience;
  /** for whoever does not mind: TCP, until the camera refuses it */
  #transport: 'tcp' | 'udp' = 'tcp';
  /** the transports over which the last session that played brought no packet */
  readonly #silent = new Set<'udp' | 'tcp'>();
  readonly #listeners: ((viewing: Viewing) => void)[] = [];
  #base: Promise<string> | null = null;
  /** a connection came about since the port was looked for */
  #wasReached = false;
  #unreached: string | null = null;
  /** bodies were seen that are shorter than their Content-Length */
  #endsBodiesShort = false;
  /** TEARDOWN was not answered: it is not waited for as long again */
  #endsInSilence = false;
  /** a sign of life that ended a session, and is not sent again */
  #deadly: KeepAliveMethod | null = null;

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
    this.#wasReached = false;
    this.#unreached = null;
  }

  /** Why no stream could be looked at: nothing answers where the camera says that it streams. Null as long as something does. */
  get unreached(): string | null {
    return this.#unreached;
  }

  /** `rtsp://host:port/stream_0`. */
  async url(stream: string): Promise<string> {
    this.#base ??= this.#findBase();
    return `${await this.#base}/${stream}`;
  }

  async #findBase(): Promise<string> {
    const { rtspUrl, baseUrl } = this.#camera.options;
    if (rtspUrl !== null) return rtspUrl.href.replace(/\/$/, '');
    const conf = await this.#camera.call('getRtspConf', null);
    const port = conf.kind === 'done' && typeof conf.reply.rtsp_port === 'number' ? conf.reply.rtsp_port : 554;
    return `rtsp://${baseUrl.hostname}:${port}`;
  }

  async options(stream: string, options: WatchOptions = {}): Promise<SessionOptions> {
    const { user, password } = this.#camera.options;
    return {
      url: await this.url(stream),
      transport: options.transport ?? this.#transport,
      credentials: { user, password },
      login: options.login ?? 'right',
      timeoutMs: this.#camera.client.timeoutMs,
      ...(this.#endsBodiesShort ? { bodyQuietMs: SHORT_BODY_QUIET_MS } : {}),
      ...(this.#endsInSilence ? { teardownMs: SILENT_TEARDOWN_MS } : {}),
      ...(this.#deadly === null ? {} : { keepAlive: this.#deadly === 'OPTIONS' ? 'none' : 'OPTIONS' }),
      ...(options.userAgent === null ? { userAgent: null } : {}),
    };
  }

  /** A session for questions of one's own. That nothing was ever reached at the port proves nothing: it may be another one from here. */
  open<T>(stream: string, options: WatchOptions, use: (session: RtspSession) => Promise<T>): Promise<T> {
    return this.#orUnreached(() => this.#patience.settled(() => this.#view(stream, options, use, () => [])));
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
        this.#wasReached = true;
        viewed = session;
        const result = await use(session);
        facts = factsOf(result);
        return result;
      });
    } catch (error) {
      if (!(error instanceof RtspFault)) throw error;
      throw new NonConformance([finding('an RTSP dialogue (RFC 2326)', error.message)], error.exchange === null ? null : error.exchange, {
        cause: error,
      });
    } finally {
      this.#tell(viewed, facts);
    }
  }

  async #orUnreached<T>(look: () => Promise<T>): Promise<T> {
    if (this.#unreached !== null) throw new Skipped('not-testable', this.#unreached);
    try {
      return await look();
    } catch (error) {
      const { cause } = error instanceof NonConformance ? error : {};
      if (this.#wasReached || !(cause instanceof RtspFault) || cause.exchange !== null || !NO_WAY.has(cause.reason)) throw error;
      this.#unreached = `No stream could be looked at. ${cause.message} Where the camera is reached at another RTSP address or port from here, set CAMERA_RTSP_URL.`;
      throw new Skipped('not-testable', this.#unreached);
    }
  }

  #tell(session: RtspSession | null, facts: readonly StreamFacts[]): void {
    if (session === null) return;
    this.#endsBodiesShort ||= session.dialogue.exchanges.some(({ deviations }) => deviations.some(({ id }) => id === 'length-mismatch'));
    const viewing = { exchanges: session.dialogue.exchanges, description: session.description, facts };
    for (const listener of this.#listeners) listener(viewing);
  }

  /** Goes through the whole dialogue of 19.1 to 19.5 and receives meanwhile. */
  async watch(stream: string, options: WatchOptions = {}): Promise<Watched> {
    const { durationMs = LONGEST_WATCH_MS } = options;
    const isSilent = this.#silent.has(options.transport ?? 'tcp') || this.#silent.has('tcp');
    const look = (): Promise<Watched> =>
      this.#view(
        stream,
        options,
        (session) => watchSession(session, { ...options, durationMs: isSilent ? Math.min(durationMs, SILENT_WATCH_MS) : durationMs }),
        ({ facts }) => facts,
      );
    const isWhole = (seen: Watched): boolean =>
      isTransportRefused(seen) || (seen.endedAfterMs === null && seen.packets.some((ofTrack) => ofTrack.length > 0));
    const watched = await this.#orUnreached(() => this.#patience.settled(look, isWhole));
    this.#endsInSilence ||= watched.unended?.reason === 'timeout';
    if (endedBySign(watched)) this.#deadly = watched.signOfLife?.method ?? null;
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

async function watchSession(
  session: RtspSession,
  { durationMs = LONGEST_WATCH_MS, enough, media: only, listenOn, isKeptAlive }: WatchOptions,
): Promise<Watched> {
  const options = await session.options();
  const describe = await session.describe();
  const sdp = session.description === null ? null : parseSdp(session.description);
  const setups: RtspReply[] = [];
  for (const media of session.media) {
    if (only === 'video' && media.kind !== 'video') continue;
    setups.push(await session.setup(media));
  }
  const packets: ReceivedPacket[][] = session.media.map(() => []);
  const parsed: TimedPacket[][] = session.media.map(() => []);
  const factsNow = (): readonly StreamFacts[] => (sdp?.media ?? []).map((media, index) => measureStream(media, parsed[index] ?? []));
  const intake = new Intake();
  const partial = { options, describe, sdp, setups, tracks: session.tracks, packets, exchanges: session.dialogue.exchanges };
  const notPlayed = (play: RtspReply | null): Watched => ({
    ...partial,
    receivedUntil: performance.now(),
    receivedMs: 0,
    isFlooded: false,
    play,
    endedAfterMs: null,
    signOfLife: null,
    teardown: null,
    unended: null,
    afterTeardown: null,
    facts: factsNow(),
  });
  if (session.tracks.length === 0) return notPlayed(null);

  const began = performance.now();
  const leastMs = isKeptAlive && session.timeoutS <= SHORT_TIMEOUT_S ? session.timeoutS * 1000 + BEYOND_TIMEOUT_MS : 0;
  let measureAt = 0;
  const take = (packet: ReceivedPacket): boolean => {
    if (!intake.hasRoomFor(packet.bytes.length)) return true;
    if (packet.kind !== 'rtp') return false;
    packets[packet.track]?.push(packet);
    parsed[packet.track]?.push(...timed(packet));
    if (enough === undefined || packet.arrivedAt < measureAt || packet.arrivedAt - began < leastMs) return false;
    const measuring = performance.now();
    const isEnough = enough(factsNow);
    const measured = performance.now();
    measureAt = Math.max(packet.arrivedAt + MEASURE_EVERY_MS, measured + (measured - measuring) * PAUSE_PER_MEASURING);
    return isEnough;
  };
  // Some cameras send before they answer PLAY; those packets count.
  const receiving = session.collect({ until: take, durationMs: Math.max(durationMs, leastMs) });
  const play = await session.play();
  if (play.status >= 300) return notPlayed(play);
  const asking = isKeptAlive ? signOfLife(session, began) : null;
  const { durationMs: receivedMs, reason } = await receiving;
  const receivedUntil = performance.now();
  const facts = factsNow();
  const played = { ...partial, receivedUntil, receivedMs, isFlooded: intake.isFlooded, play, facts, signOfLife: (await asking) ?? null };
  const untold = { ...played, teardown: null, afterTeardown: null };
  if (reason === 'ended') return { ...untold, endedAfterMs: receivedUntil - began, unended: null };
  const teardown = await session.teardown().catch(unanswered);
  // What was watched until then is as good as any other.
  if (teardown instanceof RtspFault) return { ...untold, endedAfterMs: null, unended: teardown };
  const afterTeardown = listenOn ? await listenAfterTeardown(session, longestPauseMs(packets.flat())) : null;
  return { ...played, endedAfterMs: null, teardown, unended: null, afterTeardown };
}

/** A fault as the outcome of a step; anything else is thrown on. */
function unanswered(error: unknown): RtspFault {
  if (error instanceof RtspFault) return error;
  throw error;
}

function longestPauseMs(packets: readonly ReceivedPacket[]): number {
  const arrivals = packets.map(({ arrivedAt }) => arrivedAt).toSorted((a, b) => a - b);
  return arrivals.reduce((longest, at, index) => Math.max(longest, at - (arrivals[index - 1] ?? at)), 0);
}

/** What the camera answers to a sign of life in the middle of what it plays. */
async function signOfLife(session: RtspSession, began: number): Promise<SignOfLife | null> {
  await pause(SIGN_OF_LIFE_MS);
  if (session.phase !== 'playing' || !session.dialogue.connection.isOpen) return null;
  const method: KeepAliveMethod = session.methods?.includes('GET_PARAMETER') ? 'GET_PARAMETER' : 'OPTIONS';
  const sentMs = performance.now() - began;
  try {
    return { method, sentMs, reply: await session.keepAlive(method) };
  } catch (error) {
    if (error instanceof RtspFault) return { method, sentMs, reply: null };
    throw error;
  }
}

/** Whether the camera ended the session as it was asked for a sign of life. */
export const endedBySign = ({ endedAfterMs, signOfLife: sign }: Watched): boolean =>
  endedAfterMs !== null && sign !== null && endedAfterMs >= sign.sentMs && endedAfterMs - sign.sentMs < ENDS_AT_ONCE_MS;

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
