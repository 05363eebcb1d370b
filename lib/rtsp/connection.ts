/**
 * One TCP connection to an RTSP server: requests and their responses, matched by CSeq; the server's own requests, answered;
 * interleaved frames, handed on by channel. It knows nothing of sessions and credentials. Nothing is thrown inside a socket
 * handler: what ends the connection rejects the requests that are open, and is told to `onEnd`.
 */
import * as net from 'node:net';
import type { Deviation, RtspExchange } from '../wire/exchange.ts';
import { headerValue } from '../wire/header-value.ts';
import { draftExchange, type ExchangeDraft, type Redact } from './exchange-draft.ts';
import { RtspFault, type RtspFaultReason, reasonOfSocketError } from './fault.ts';
import { parseCSeq } from './headers/cseq.ts';
import {
  formatFrame,
  formatMessage,
  type Header,
  type InterleavedFrame,
  type Received,
  RTSP_VERSION,
  type RtspRequest,
  type RtspResponse,
} from './messages.ts';
import { createReader, LIMITS, type Limits, type ReaderEvent } from './reader.ts';
import { answerServer, type ServerRequest } from './server-request.ts';

export interface ConnectionOptions {
  readonly host: string;
  readonly port: number;
  /** for the connection to come about; 5000 when not given */
  readonly connectTimeoutMs?: number;
  /** for one response; 10000 when not given */
  readonly timeoutMs?: number;
  /** null: none is sent */
  readonly userAgent?: string | null;
  readonly redact?: Redact;
  readonly limits?: Limits;
  /** how long a body may be silent before what came of it counts; 2000 when not given */
  readonly bodyQuietMs?: number;
  readonly onServerRequest?: (request: ServerRequest) => void;
  /** Called once; the fault is null when this side closed. */
  readonly onEnd?: (fault: RtspFault | null) => void;
}

export interface OutgoingRequest {
  readonly method: string;
  readonly url: string;
  /** behind CSeq and the credentials, in this order */
  readonly headers?: readonly Header[];
  readonly body?: Buffer;
  /** `RTSP/1.0` when not given */
  readonly version?: string;
  /** null leaves CSeq out; a number is sent in place of the next one */
  readonly cseq?: number | null;
  readonly authorization?: { readonly sent: string; readonly shown: string; readonly secrets: readonly string[] } | null;
  /** How header names are spelt, for cameras that are probed for it. */
  readonly spelling?: (name: string) => string;
  readonly timeoutMs?: number;
  /** Called as the response is read, before anything that follows it on the wire. */
  readonly onResponse?: (response: RtspResponse, note: (deviation: Deviation) => void) => void;
}

export interface RtspReply {
  readonly status: number;
  readonly response: RtspResponse;
  readonly exchange: RtspExchange;
  /** Adds what a header of the response turned out to break. */
  readonly note: (deviation: Deviation) => void;
}

/** Takes the payload of an interleaved frame; `arrivedAt` in ms of `performance.now()`. */
export type ChannelHandler = (payload: Buffer, arrivedAt: number) => void;

interface Pending {
  readonly draft: ExchangeDraft;
  readonly request: OutgoingRequest;
  readonly timer: NodeJS.Timeout;
  readonly resolve: (reply: RtspReply) => void;
  readonly reject: (fault: RtspFault) => void;
}

export const USER_AGENT = 'camera-conformance';
const CONNECT_TIMEOUT_MS = 5000;
const TIMEOUT_MS = 10_000;
/** How long a body without a length may be silent before it counts as whole. */
const QUIET_MS = 300;
/** The same for one whose length is known: its rest comes at once, or not at all. */
const BODY_QUIET_MS = 2000;
/** What belongs to no exchange is remembered, at most so many. */
const MAX_NOTES = 100;
const NOTHING = Buffer.alloc(0);

export class RtspConnection {
  /** address and port of the server */
  readonly remote: string;
  readonly remoteAddress: string;
  readonly localAddress: string;
  readonly #socket: net.Socket;
  readonly #options: ConnectionOptions;
  readonly #reader;
  readonly #open = new Map<number, Pending>();
  /** numbers of requests that were given up: their responses may still come */
  readonly #late = new Set<number>();
  readonly #channels = new Map<number, ChannelHandler>();
  readonly #notes: Deviation[] = [];
  readonly #serverRequests: ServerRequest[] = [];
  #cseq = 0;
  #discarded = 0;
  #quiet: NodeJS.Timeout | null = null;
  #last: ExchangeDraft | null = null;
  #ended = false;
  #fault: RtspFault | null = null;

  /** @throws RtspFault `refused`, `unreachable`, `name-not-found`, `timeout` */
  static connect(options: ConnectionOptions): Promise<RtspConnection> {
    const { host, port, connectTimeoutMs = CONNECT_TIMEOUT_MS } = options;
    const what = `reach ${host}:${port}`;
    return new Promise((resolve, reject) => {
      const socket = net.connect({ host, port, noDelay: true });
      const fail = (reason: RtspFaultReason, detail: string): void => {
        clearTimeout(timer);
        socket.destroy();
        reject(new RtspFault(reason, what, detail));
      };
      const timer = setTimeout(() => fail('timeout', `${connectTimeoutMs} ms to connect`), connectTimeoutMs);
      const onError = (error: Error): void => {
        const { reason, detail } = reasonOfSocketError(error);
        fail(reason, detail);
      };
      socket.once('error', onError);
      socket.once('connect', () => {
        clearTimeout(timer);
        socket.off('error', onError);
        resolve(new RtspConnection(socket, options));
      });
    });
  }

  private constructor(socket: net.Socket, options: ConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#reader = createReader(options.limits ?? LIMITS);
    this.remoteAddress = socket.remoteAddress ?? options.host;
    this.localAddress = socket.localAddress ?? '127.0.0.1';
    this.remote = `${net.isIPv6(this.remoteAddress) ? `[${this.remoteAddress}]` : this.remoteAddress}:${options.port}`;
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', (error) => {
      const { reason, detail } = reasonOfSocketError(error);
      this.#end(reason, detail);
    });
    socket.on('close', () => this.#end('dropped', ''));
  }

  /** What was odd on this connection and belongs to no exchange. */
  get notes(): readonly Deviation[] {
    return this.#notes;
  }

  /** The first 100 requests that the server sent. */
  get serverRequests(): readonly ServerRequest[] {
    return this.#serverRequests;
  }

  /** Frames on channels that were never set up. */
  get discardedFrames(): number {
    return this.#discarded;
  }

  get isOpen(): boolean {
    return !this.#ended;
  }

  /** Why the connection ended; null while it lives and when this side closed it. */
  get fault(): RtspFault | null {
    return this.#fault;
  }

  /** Sends a request; always settles. @throws RtspFault when no response comes */
  send(request: OutgoingRequest): Promise<RtspReply> {
    const { method, url, version = RTSP_VERSION, body = NOTHING, authorization = null, spelling = (name) => name } = request;
    if (this.#cseq >= 2 ** 31) this.#cseq = 0;
    const { userAgent = USER_AGENT } = this.#options;
    const cseq = request.cseq ?? this.#cseq + 1;
    this.#cseq = cseq;
    const message = (credentials: string | null): RtspRequest => {
      const headers: Header[] = [
        ...(userAgent === null ? [] : [['User-Agent', userAgent] as const]),
        ...(request.cseq === null ? [] : [['CSeq', String(cseq)] as const]),
        ...(credentials === null ? [] : [['Authorization', credentials] as const]),
        ...(request.headers ?? []),
        ...(body.length === 0 ? [] : [['Content-Length', String(body.length)] as const]),
      ];
      return { kind: 'request', method, url, version, headers: headers.map(([name, value]) => [spelling(name), value] as const), body };
    };
    const shown = message(authorization?.shown ?? null);
    const draft = draftExchange(this.remote, shown, authorization?.secrets ?? [], this.#options.redact ?? ((text) => text));
    return new Promise((resolve, reject) => {
      if (this.#ended) {
        reject(this.#faultOf(this.#fault?.reason ?? 'closed', '', method, draft));
        return;
      }
      if (this.#open.has(cseq)) {
        reject(new RangeError(`Could not send ${method}: a request with CSeq ${cseq} is still open. Wait for its response.`));
        return;
      }
      const timeoutMs = request.timeoutMs ?? this.#options.timeoutMs ?? TIMEOUT_MS;
      const timer = setTimeout(() => this.#giveUp(cseq, timeoutMs), timeoutMs);
      this.#open.set(cseq, { draft, request, timer, resolve, reject });
      this.#socket.write(formatMessage(message(authorization?.sent ?? null)));
    });
  }

  /** Frames of this channel go to `handler` from now on. */
  openChannel(channel: number, handler: ChannelHandler): void {
    if (this.#channels.has(channel)) this.#note({ id: 'channel-reused', detail: `channel ${channel} was given to two tracks` });
    this.#channels.set(channel, handler);
  }

  /** Sends an interleaved frame; nothing happens after the end. */
  sendFrame(channel: number, payload: Buffer): void {
    if (!this.#ended) this.#socket.write(formatFrame({ channel, payload }));
  }

  /** Stops reading, as a slow client does; the time limits go on. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Ends the connection; open requests are rejected as `closed`. May be called again. */
  close(): Promise<void> {
    this.#end('closed', '');
    if (this.#socket.closed) return Promise.resolve();
    return new Promise((resolve) => this.#socket.once('close', () => resolve()));
  }

  #take(chunk: Buffer): void {
    const arrivedAt = performance.now();
    this.#handle(this.#reader.push(chunk), arrivedAt);
    if (this.#quiet !== null) clearTimeout(this.#quiet);
    this.#quiet = null;
    if (this.#ended || !(this.#reader.isMeasureless() || this.#reader.isInBody())) return;
    const patienceMs = this.#reader.isMeasureless() ? QUIET_MS : (this.#options.bodyQuietMs ?? BODY_QUIET_MS);
    this.#quiet = setTimeout(() => this.#handle(this.#reader.giveUpBody(), performance.now()), patienceMs);
  }

  #handle(events: readonly ReaderEvent[], arrivedAt: number): void {
    for (const event of events) {
      if (this.#ended) return;
      switch (event.kind) {
        case 'frame':
          this.#takeFrame(event, arrivedAt);
          break;
        case 'response':
          this.#takeResponse(event.received);
          break;
        case 'request':
          this.#takeRequest(event.received);
          break;
        case 'stray':
          if (this.#last === null) this.#note(event.deviation);
          else this.#last.note(event.deviation);
          break;
        case 'fault':
          this.#end(event.reason, event.detail);
          break;
      }
    }
  }

  #takeFrame({ channel, payload }: InterleavedFrame, arrivedAt: number): void {
    const handler = this.#channels.get(channel);
    if (handler === undefined) {
      this.#discarded += 1;
      return;
    }
    try {
      handler(payload, arrivedAt);
    } catch (error) {
      this.#note({ id: 'handler-failed', detail: String(error) });
    }
  }

  /** The request that a response answers, and what is odd about its CSeq. */
  #matched(response: RtspResponse): { readonly cseq: number; readonly deviations: readonly Deviation[] } | null {
    const text = headerValue(response.headers, 'cseq');
    const parsed = text === undefined ? null : parseCSeq(text);
    const number = parsed?.value ?? null;
    if (number !== null && this.#open.has(number)) return { cseq: number, deviations: parsed?.deviations ?? [] };
    if (number !== null && this.#late.delete(number)) return null;
    const [oldest] = this.#open.keys();
    if (oldest === undefined) {
      this.#note({ id: 'unsolicited-response', detail: `${response.status} with CSeq ${text ?? '(none)'}` });
      return null;
    }
    if (this.#open.get(oldest)?.request.cseq === null) return { cseq: oldest, deviations: [] };
    if (parsed === null) return { cseq: oldest, deviations: [{ id: 'missing-cseq', detail: `CSeq ${oldest} was sent` }] };
    return { cseq: oldest, deviations: [...parsed.deviations, { id: 'wrong-cseq', detail: `CSeq ${text} came, ${oldest} was sent` }] };
  }

  #takeResponse(received: Received<RtspResponse>): void {
    const response = received.message;
    // An interim response (RFC 2326, 11.1) answers nothing yet.
    if (response.status >= 100 && response.status < 200) return;
    const match = this.#matched(response);
    const pending = match === null ? undefined : this.#open.get(match.cseq);
    if (match === null || pending === undefined) return;
    clearTimeout(pending.timer);
    this.#open.delete(match.cseq);
    const { draft, request } = pending;
    this.#last = draft;
    match.deviations.forEach(draft.note);
    try {
      request.onResponse?.(response, draft.note);
    } catch (error) {
      this.#note({ id: 'handler-failed', detail: String(error) });
    }
    pending.resolve({ status: response.status, response, exchange: draft.finish(received, null), note: draft.note });
  }

  #takeRequest(received: Received<RtspRequest>): void {
    const redact = this.#options.redact ?? ((text: string) => text);
    const { record, answer } = answerServer(received, (text) => redact(text, []));
    if (this.#serverRequests.length < MAX_NOTES) this.#serverRequests.push(record);
    // A server that floods us and does not read must not fill our memory.
    if (this.#socket.writableLength < LIMITS.stray) this.#socket.write(formatMessage(answer));
    try {
      this.#options.onServerRequest?.(record);
    } catch (error) {
      this.#note({ id: 'handler-failed', detail: String(error) });
    }
  }

  #giveUp(cseq: number, timeoutMs: number): void {
    // A body shorter than its Content-Length is a response all the same.
    this.#handle(this.#reader.giveUpBody(), performance.now());
    const pending = this.#open.get(cseq);
    if (pending === undefined) return;
    this.#open.delete(cseq);
    if (this.#late.size < MAX_NOTES) this.#late.add(cseq);
    pending.reject(this.#faultOf('timeout', `${timeoutMs} ms`, pending.request.method, pending.draft));
  }

  #faultOf(reason: RtspFaultReason, detail: string, method: string, draft: ExchangeDraft): RtspFault {
    const what = `get a response to ${method} from ${this.remote}`;
    const { message } = new RtspFault(reason, what, detail);
    return new RtspFault(reason, what, detail, draft.finish(null, message));
  }

  #note({ id, detail }: Deviation): void {
    const redact = this.#options.redact ?? ((text: string) => text);
    if (this.#notes.length < MAX_NOTES) this.#notes.push({ id, detail: redact(detail, []) });
  }

  #end(reason: RtspFaultReason, said: string): void {
    if (this.#ended) return;
    // What is no RTSP may echo a request.
    const redact = this.#options.redact ?? ((text: string) => text);
    const secrets = [...this.#open.values()].flatMap(({ request }) => request.authorization?.secrets ?? []);
    const detail = redact(said, secrets);
    if (reason === 'dropped') this.#handle(this.#reader.giveUpBody(), performance.now());
    this.#ended = true;
    if (this.#quiet !== null) clearTimeout(this.#quiet);
    if (reason !== 'closed') this.#fault = new RtspFault(reason, `keep the connection to ${this.remote}`, detail);
    this.#socket.destroy();
    for (const { timer, reject, request, draft } of this.#open.values()) {
      clearTimeout(timer);
      reject(this.#faultOf(reason, detail, request.method, draft));
    }
    this.#open.clear();
    this.#channels.clear();
    try {
      this.#options.onEnd?.(this.#fault);
    } catch (error) {
      this.#note({ id: 'handler-failed', detail: String(error) });
    }
  }
}
