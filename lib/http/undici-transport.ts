/**
 * One kept-alive connection to the camera over undici, one request at a time; the only importer of undici. What the socket
 * reads is kept until the reply is over, as evidence: undici tells neither the HTTP version nor why it refused a reply.
 */
import { buildConnector, Client } from 'undici';
import type { Deviation } from '../wire/exchange.ts';
import { headerValue } from '../wire/header-value.ts';
import { codeOf, reasonOf } from '../wire/socket-failure.ts';
import { type Attempted, failed, JSON_TYPE, methodOf, type Target } from './attempted.ts';
import { ByteStore } from './byte-store.ts';
import { createReplyReader, MAX_HEAD_BYTES, mayBeKept, type RawReply } from './http-reply-reader.ts';
import { endOfHead, parseHead } from './reply-head.ts';
import { TLS_OPTIONS } from './tls-options.ts';

/** A connection that ends within this time after a reply was ended because of it, not because it was idle. */
const STRAIGHT_AFTER_MS = 500;
const NO_BYTES = Buffer.alloc(0);

const isParserRefusal = (error: Error): boolean => {
  const code = codeOf(error);
  return (
    error.name === 'HTTPParserError' ||
    code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH' ||
    (code === 'UND_ERR_SOCKET' && /^bad (?:response|upgrade)$/.test(error.message))
  );
};

export class UndiciLane {
  #base: URL;
  readonly #connector = buildConnector({ ...TLS_OPTIONS, timeout: 0 });
  #client: Client | null = null;
  #socket: unknown = null;
  /** what the socket read since the request was sent, framing included: undici's parser swallows that without a limit */
  #tape = new ByteStore();
  /** ends the request in flight, when more came than a reply may have */
  #onRead: (() => void) | null = null;
  #busy = false;
  #served = 0;
  #repliedAt = 0;
  #surplus = 0;
  #mayBeKept = false;
  /** how many kept connections in a row ended straight after their reply */
  #closings = 0;
  #closedWithoutNotice = false;
  #moved = false;

  constructor(base: URL) {
    this.#base = base;
  }

  /** Sends a request; always settles, within `timeoutMs`. After a failure the next request gets a fresh connection. */
  send(request: Target): Promise<Attempted> {
    this.#client ??= this.#connected();
    const client = this.#client;
    const deviations = this.#leftovers();
    this.#tape = new ByteStore();
    this.#busy = true;
    const before = this.#served > 0 ? this.#socket : null;

    return new Promise((resolve) => {
      const body = new ByteStore();
      let settled = false;

      const finish = (outcome: Attempted): void => {
        if (settled) return;
        settled = true;
        clearTimeout(timer);
        this.#busy = false;
        this.#onRead = null;
        this.#tape = new ByteStore();
        if (outcome.kind !== 'reply' || this.#moved) this.reset();
        resolve(outcome);
      };
      const timer = setTimeout(() => finish(this.#interrupted('timeout', request)), request.timeoutMs);
      this.#onRead = () => {
        if (this.#tape.length > request.maxReplyBytes) finish(this.#interrupted('too-large', request));
      };

      client.dispatch(
        {
          path: request.target,
          method: methodOf(request),
          ...(request.body === undefined ? {} : { body: request.body }),
          headers: {
            ...(request.body === undefined ? {} : { 'content-type': JSON_TYPE }),
            ...(request.authorization === undefined ? {} : { authorization: request.authorization }),
          },
        },
        {
          onRequestStart() {},
          onResponseStart() {},
          onResponseData: (_controller, chunk) => {
            if (!settled) body.push(chunk);
          },
          onResponseEnd: () => {
            if (settled) return;
            const reply = this.#replyOf(body.bytes(), deviations);
            if (reply === null) {
              finish(failed('unparseable', 'the reply has no status line'));
              return;
            }
            if (before !== null && this.#socket === before) this.#closings = 0;
            this.#served += 1;
            this.#repliedAt = performance.now();
            this.#mayBeKept = mayBeKept(reply.head);
            finish({ kind: 'reply', reply });
          },
          onResponseError: (_controller, error) => {
            if (!settled) finish(this.#failure(error, request, before !== null && this.#socket === before));
          },
        },
      );
    });
  }

  /** Ends the connection; the next request opens another. */
  reset(): void {
    this.#moved = false;
    const client = this.#client;
    this.#client = null;
    this.#socket = null;
    this.#served = 0;
    this.#surplus = 0;
    client?.destroy().catch(() => {});
  }

  /** The next request goes to another address. */
  moveTo(base: URL): void {
    this.#base = base;
    if (this.#busy) this.#moved = true;
    else this.reset();
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    await client?.destroy();
  }

  #connected(): Client {
    const client: Client = new Client(this.#base.origin, {
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: 60_000,
      maxHeaderSize: MAX_HEAD_BYTES,
      connect: (options, callback) => {
        this.#connector(options, (...result) => {
          const [, socket] = result;
          // On an error the socket is missing, whatever the types say.
          if (socket && this.#client === client) this.#tap(socket);
          callback(...result);
        });
      },
    });
    return client;
  }

  #tap(socket: NonNullable<Parameters<buildConnector.Callback>[1]>): void {
    this.#socket = socket;
    this.#served = 0;
    this.#surplus = 0;
    const read = socket.read;
    socket.read = (length?: number): Buffer | null => {
      const chunk = read.call(socket, length) as Buffer | null;
      if (chunk !== null && this.#socket === socket) {
        if (this.#busy) this.#tape.push(chunk);
        else this.#surplus += chunk.length;
        this.#onRead?.();
      }
      return chunk;
    };
    // Not `close`: undici itself closes after a surplus or an announced end.
    socket.once('end', () => {
      if (this.#socket !== socket) return;
      if (!this.#busy && this.#mayBeKept && this.#served > 0 && performance.now() - this.#repliedAt < STRAIGHT_AFTER_MS) this.#noteClosing();
    });
  }

  /** Once may be the limit of a connection's age or requests, met by chance; again at the next one is a habit. */
  #noteClosing(): void {
    this.#closings += 1;
    if (this.#closings > 1) this.#closedWithoutNotice = true;
  }

  /** What the connection did after the reply before this one. */
  #leftovers(): Deviation[] | null {
    if (this.#surplus === 0 && !this.#closedWithoutNotice) return null;
    const deviations: Deviation[] = [];
    if (this.#surplus > 0)
      deviations.push({ id: 'length-mismatch', detail: `${this.#surplus} bytes came after the end of the reply before this one` });
    if (this.#closedWithoutNotice)
      deviations.push({ id: 'closed-without-notice', detail: 'the connection ended straight after a reply that did not announce it' });
    this.#surplus = 0;
    this.#closedWithoutNotice = false;
    return deviations;
  }

  /** The head from the tape, the body from undici. */
  #replyOf(body: Buffer, leftovers: readonly Deviation[] | null): RawReply | null {
    const bytes = this.#tape.bytes();
    let end = endOfHead(bytes, 0);
    let head = end < 0 ? null : parseHead(bytes, 0, end);
    while (head !== null && head.status < 200) {
      const start = end;
      end = endOfHead(bytes, start);
      head = end < 0 ? null : parseHead(bytes, start, end);
    }
    if (head === null) return null;
    let deviations: readonly Deviation[] = leftovers === null ? head.deviations : [...leftovers, ...head.deviations];
    const length = headerValue(head.headers, 'content-length');
    if (length !== undefined) {
      const surplus = bytes.length - end - body.length;
      if (surplus > 0) deviations = [...deviations, { id: 'length-mismatch', detail: `${surplus} bytes more than Content-Length: ${length}` }];
    }
    return { head, body, deviations };
  }

  /** What the tape holds at the moment that the client itself gives up. */
  #interrupted(reason: 'timeout' | 'too-large', request: Target): Attempted {
    const reader = createReplyReader(request.maxReplyBytes);
    reader.push(this.#tape.bytes());
    const detail = reason === 'too-large' ? `more than ${request.maxReplyBytes} bytes` : this.#tape.length > 0 ? 'in the middle of the reply' : '';
    return failed(reason, detail, reader);
  }

  #failure(error: Error, request: Target, stale: boolean): Attempted {
    if (codeOf(error) === 'UND_ERR_HEADERS_OVERFLOW') return this.#interrupted('too-large', request);
    const nothingCame = this.#tape.length === 0;
    if (nothingCame && !isParserRefusal(error)) {
      if (stale && this.#mayBeKept && performance.now() - this.#repliedAt < STRAIGHT_AFTER_MS) this.#noteClosing();
      return failed(reasonOf(error), error.message);
    }
    const reader = createReplyReader(request.maxReplyBytes);
    reader.push(this.#tape.bytes());
    if (isParserRefusal(error))
      return { kind: 'refused', reply: reader.push(NO_BYTES) === 'complete' ? reader.reply() : null, detail: error.message };
    const state = reader.end();
    const reply = reader.reply();
    if (reply !== null && (state === 'cut' || state === 'complete')) return { kind: state === 'cut' ? 'cut' : 'reply', reply };
    return failed('dropped', error.message, reader);
  }
}
