/**
 * One RTSP session from OPTIONS to TEARDOWN, step by step or in one go. Steps return what the camera answered, whatever the
 * status; only `start` insists. TEARDOWN is always sent on `close`, and nothing stays open behind it.
 */

import type { Deviation } from '../wire/exchange.ts';
import { headerValue } from '../wire/header-value.ts';
import { type Collected, type Collector, createCollector, type Phase, type ReceivedPacket, type StopWhen } from './collecting.ts';
import type { OutgoingRequest, RtspReply } from './connection.ts';
import { Dialogue, type DialogueOptions } from './dialogue.ts';
import { RtspFault } from './fault.ts';
import { noted } from './headers/parsed.ts';
import { parsePublic } from './headers/public.ts';
import { formatRange, LIVE_RANGE } from './headers/range.ts';
import { DEFAULT_TIMEOUT_S, parseSession } from './headers/session.ts';
import { formatTransport, parseTransport, type Transport } from './headers/transport.ts';
import { type KeepAlive, type KeepAliveMethod, LifeSigns } from './life-signs.ts';
import type { MediaTransport, PacketHandler } from './media-transport.ts';
import { type Header, type RtspResponse, textOfBody } from './messages.ts';
import { createReception, type Reception } from './reception.ts';
import { appendControl } from './rtsp-url.ts';
import { type MediaOutline, parseSdpOutline, type SdpOutline } from './sdp-outline.ts';
import { baseOf, urlsOfTrack } from './track-urls.ts';
import { createTcpTransport } from './transport-tcp.ts';
import { openUdpTransport } from './transport-udp.ts';

export interface SessionOptions extends Omit<DialogueOptions, 'onEnd'> {
  readonly transport: 'udp' | 'tcp';
  /** Called for each packet; when it throws, the session is torn down and `collect` rejects with what it threw. */
  readonly onPacket?: (packet: ReceivedPacket) => void;
  /** `auto`, the default: GET_PARAMETER where Public names it, else OPTIONS, at half the smallest timeout seen */
  readonly keepAlive?: KeepAlive;
  /** how long an answer to TEARDOWN is waited for; as long as any other when not given */
  readonly teardownMs?: number;
  /** sent every 5 s while playing; true when not given */
  readonly receiverReports?: boolean;
  /** Which media `start` sets up; all when not given. */
  readonly media?: (media: MediaOutline) => boolean;
}

export interface Track {
  readonly media: MediaOutline;
  /** the URL that SETUP succeeded with, or was last tried with */
  readonly url: string;
  readonly asked: Transport;
  /** null when the response has no Transport, or was no success */
  readonly answered: Transport | null;
}

interface LiveTrack extends Track {
  readonly transport: MediaTransport;
  readonly reception: Reception;
}

/** A camera that hangs must not hold up the end of a run. */
const MAX_TEARDOWN_MS = 3000;

/** Statuses of SETUP that another URL may better: 459 says that this one is that of the whole presentation. */
const NOT_HERE: ReadonlySet<number> = new Set([400, 404, 459]);

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

export class RtspSession {
  readonly dialogue: Dialogue;
  readonly #options: SessionOptions;
  readonly #tracks: LiveTrack[] = [];
  readonly #transports: MediaTransport[] = [];
  readonly #collectors = new Set<Collector>();
  readonly #lifeSigns: LifeSigns;
  #phase: Phase = 'before-play';
  #methods: readonly string[] | null = null;
  #base: string;
  #sdp: { readonly text: string; readonly outline: SdpOutline } | null = null;
  #id: string | null = null;
  #timeoutS: number | null = null;
  #mustTearDown = false;
  #thrown: { readonly error: unknown } | null = null;
  #closing: Promise<void> | null = null;

  /** Connects, and sends nothing yet. @throws RtspFault as `RtspConnection.connect` */
  static async open(options: SessionOptions): Promise<RtspSession> {
    let ended: (fault: RtspFault | null) => void = () => {};
    const dialogue = await Dialogue.open({ ...options, onEnd: (fault) => ended(fault) });
    const session = new RtspSession(dialogue, options);
    ended = (fault) => session.#connectionEnded(fault);
    return session;
  }

  private constructor(dialogue: Dialogue, options: SessionOptions) {
    this.dialogue = dialogue;
    this.#options = options;
    this.#base = dialogue.url;
    const { keepAlive = 'auto', receiverReports = true } = options;
    this.#lifeSigns = new LifeSigns({ keepAlive, receiverReports, send: (method) => this.keepAlive(method), tracks: this.#tracks });
  }

  /** The methods that Public named; null before OPTIONS, and when it was refused or had no Public. */
  get methods(): readonly string[] | null {
    return this.#methods;
  }

  /** The body of the DESCRIBE response as text; null before it, and when it had none. */
  get description(): string | null {
    return this.#sdp?.text ?? null;
  }

  get media(): readonly MediaOutline[] {
    return this.#sdp?.outline.media ?? [];
  }

  /** The tracks that were set up with success. */
  get tracks(): readonly Track[] {
    return this.#tracks;
  }

  /** The session id that SETUP gave. */
  get id(): string | null {
    return this.#id;
  }

  /** Seconds: the smallest timeout seen; 60 where none was given. */
  get timeoutS(): number {
    return this.#timeoutS ?? DEFAULT_TIMEOUT_S;
  }

  /** What `onPacket` threw, which ended the session; null when it did not. */
  get thrown(): { readonly error: unknown } | null {
    return this.#thrown;
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** UDP packets that came from other addresses. */
  get strangers(): number {
    return this.#transports.reduce((sum, { strangers }) => sum + strangers(), 0);
  }

  /** The URL for requests about the whole presentation (RFC 2326, C.3). */
  get aggregateUrl(): string {
    return appendControl(this.#base, this.#sdp?.outline.control ?? null);
  }

  async options(): Promise<RtspReply> {
    const reply = await this.#ask('OPTIONS', this.dialogue.url);
    const text = headerValue(reply.response.headers, 'public');
    if (text !== undefined && isSuccess(reply.status)) this.#methods = noted(parsePublic(text), reply.note);
    return reply;
  }

  async describe(): Promise<RtspReply> {
    const reply = await this.#ask('DESCRIBE', this.dialogue.url, [['Accept', 'application/sdp']]);
    if (!isSuccess(reply.status)) return reply;
    this.#base = baseOf(reply, this.dialogue.url);
    const { body } = reply.response;
    const text = textOfBody(body);
    if (body.length > 0 && text !== null) this.#sdp = { text, outline: parseSdpOutline(text) };
    return reply;
  }

  /** Sets up one track. A URL that is not found is tried once more as RFC 1808 joins it. */
  async setup(media: MediaOutline): Promise<RtspReply> {
    const [appended, ...others] = urlsOfTrack(this.#base, media, this.media.length);
    let reply = await this.#setupAt(media, appended as string);
    for (const url of others) {
      if (!NOT_HERE.has(reply.status)) break;
      reply = await this.#setupAt(media, url);
    }
    return reply;
  }

  async play(): Promise<RtspReply> {
    const reply = await this.#ask('PLAY', this.aggregateUrl, [...this.#sessionHeader(), ['Range', formatRange(LIVE_RANGE)]], (response, note) => {
      this.#readSession(response, note);
      if (isSuccess(response.status) && this.#phase === 'before-play') this.#phase = 'playing';
    });
    if (isSuccess(reply.status)) this.#startLifeSigns();
    return reply;
  }

  /** A sign of life, as the timer sends it. */
  keepAlive(method: KeepAliveMethod): Promise<RtspReply> {
    return this.#ask(method, method === 'OPTIONS' ? this.dialogue.url : this.aggregateUrl, this.#sessionHeader());
  }

  /** Ends the session at the camera; sockets stay open, so that what still comes is seen. */
  teardown(timeoutMs = this.#options.teardownMs): Promise<RtspReply> {
    this.#lifeSigns.stop();
    this.#mustTearDown = false;
    const ended = (response: RtspResponse): void => {
      if (isSuccess(response.status)) this.#phase = 'after-teardown';
    };
    return this.#ask('TEARDOWN', this.aggregateUrl, this.#sessionHeader(), ended, timeoutMs);
  }

  /**
   * OPTIONS, DESCRIBE, SETUP of each track, PLAY.
   * @throws RtspFault `status` when DESCRIBE, SETUP or PLAY is refused, or nothing is described
   */
  async start(): Promise<void> {
    await this.options();
    this.#insist('DESCRIBE', await this.describe());
    const wanted = this.media.filter(this.#options.media ?? (() => true));
    if (wanted.length === 0) {
      const exchange = this.dialogue.exchanges.at(-1) ?? null;
      throw new RtspFault('status', `find a track to set up at ${this.dialogue.url}`, 'DESCRIBE with a description that has none', exchange);
    }
    for (const media of wanted) this.#insist('SETUP', await this.setup(media));
    this.#insist('PLAY', await this.play());
  }

  /**
   * Receives until one condition holds; packets go to `onPacket` meanwhile, as they always do. Begun before `play` or `start`
   * it counts what comes with the PLAY reply too; `close` ends it.
   * @throws what `onPacket` or `until` threw
   */
  collect(stop: StopWhen): Promise<Collected> {
    const collector = createCollector(stop, (done) => this.#collectors.delete(done));
    this.#collectors.add(collector);
    if (this.#thrown !== null) collector.end(null, this.#thrown);
    else if (!this.dialogue.connection.isOpen) collector.end(this.dialogue.connection.fault);
    return collector.done;
  }

  /** TEARDOWN where a session may exist, then everything is closed. Never rejects; may be called again. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#lifeSigns.stop();
    if (this.#mustTearDown && this.dialogue.connection.isOpen) {
      await this.teardown(Math.min(this.#options.teardownMs ?? this.#options.timeoutMs ?? MAX_TEARDOWN_MS, MAX_TEARDOWN_MS)).catch(() => {});
    }
    await this.dialogue.close();
    await Promise.all(this.#transports.map((transport) => transport.close()));
    for (const collector of this.#collectors) collector.end(null);
  }

  #ask(
    method: string,
    url: string,
    headers: readonly Header[] = [],
    onResponse?: NonNullable<OutgoingRequest['onResponse']>,
    timeoutMs?: number,
  ): Promise<RtspReply> {
    return this.dialogue.ask({
      method,
      url,
      headers,
      ...(onResponse === undefined ? {} : { onResponse }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    });
  }

  #insist(method: string, { status, exchange }: RtspReply): void {
    if (isSuccess(status)) return;
    // The status line as recorded, without what may be secret in it.
    const [line = ''] = (exchange.reply?.text ?? '').split(/\r?\n/);
    throw new RtspFault('status', `start the stream ${this.dialogue.url}`, `${method} with ${line.replace(/^\S+\s+/, '').trim()}`, exchange);
  }

  #sessionHeader(): readonly Header[] {
    return this.#id === null ? [] : [['Session', this.#id]];
  }

  async #setupAt(media: MediaOutline, url: string): Promise<RtspReply> {
    const reception = createReception(media.clockRate);
    const onPacket: PacketHandler = (kind, bytes, arrivedAt) => {
      reception[kind](bytes, arrivedAt);
      this.#take({ track: media.index, kind, bytes, arrivedAt, phase: this.#phase });
    };
    const { connection } = this.dialogue;
    const { transport: way } = this.#options;
    const transport =
      way === 'udp'
        ? await openUdpTransport(connection.localAddress, connection.remoteAddress, onPacket)
        : createTcpTransport(connection, (this.#tracks.length * 2) & 0xff, onPacket);
    if (this.#closing !== null) {
      await transport.close();
      throw new RtspFault('closed', `set up ${url}`);
    }
    this.#transports.push(transport);
    const headers: readonly Header[] = [['Transport', formatTransport([transport.offer])], ...this.#sessionHeader()];
    const reply = await this.#ask('SETUP', url, headers, (response, note) => {
      if (!isSuccess(response.status)) return;
      this.#mustTearDown = true;
      this.#readSession(response, note);
      const text = headerValue(response.headers, 'transport');
      if (text === undefined) note({ id: 'missing-transport', detail: `asked for ${formatTransport([transport.offer])}` });
      const [answered = null] = text === undefined ? [] : noted(parseTransport(text), note);
      transport.accept(answered, note);
      this.#tracks.push({ media, url, asked: transport.offer, answered, transport, reception });
    });
    if (!isSuccess(reply.status) && this.#closing === null) {
      this.#transports.splice(this.#transports.indexOf(transport), 1);
      await transport.close();
    }
    return reply;
  }

  #readSession(response: RtspResponse, note: (deviation: Deviation) => void): void {
    const text = headerValue(response.headers, 'session');
    if (text === undefined) return;
    const { id, timeout } = noted(parseSession(text), note);
    if (this.#id !== null && id !== this.#id) note({ id: 'other-session', detail: `${id} came, ${this.#id} was in use` });
    this.#id ??= id === '' ? null : id;
    if (timeout !== null) this.#timeoutS = Math.min(timeout, this.#timeoutS ?? timeout);
  }

  /** Runs inside socket handlers: nothing is thrown from here. */
  #take(packet: ReceivedPacket): void {
    if (this.#thrown !== null) return;
    try {
      this.#options.onPacket?.(packet);
      for (const collector of this.#collectors) collector.take(packet);
    } catch (error) {
      this.#thrown = { error };
      for (const collector of this.#collectors) collector.end(null, this.#thrown);
      void this.close();
    }
  }

  #connectionEnded(fault: RtspFault | null): void {
    this.#lifeSigns.stop();
    if (fault !== null) for (const collector of this.#collectors) collector.end(fault);
  }

  #startLifeSigns(): void {
    if (this.#closing === null && this.dialogue.connection.isOpen) this.#lifeSigns.start(this.timeoutS, this.#methods ?? []);
  }
}

/** A session for the time of `use`: torn down and closed whatever happens. @throws what `use` or `onPacket` throws, RtspFault of `open` */
export const withSession = async <T>(options: SessionOptions, use: (session: RtspSession) => Promise<T>): Promise<T> => {
  const session = await RtspSession.open(options);
  try {
    const result = await use(session);
    if (session.thrown !== null) throw session.thrown.error;
    return result;
  } finally {
    await session.close();
  }
};
