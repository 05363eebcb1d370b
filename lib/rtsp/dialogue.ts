/** A connection with someone who can log in: each request is asked until it is answered for good, and every exchange is kept. */

import type { RtspExchange } from '../wire/exchange.ts';
import { createRedactor } from '../wire/redact.ts';
import { type Authenticator, createAuthenticator, type RtspCredentials, type RtspLogin } from './auth.ts';
import { type ConnectionOptions, type OutgoingRequest, RtspConnection, type RtspReply } from './connection.ts';
import { RtspFault } from './fault.ts';
import { parseRtspUrl } from './rtsp-url.ts';

export interface DialogueOptions extends Omit<ConnectionOptions, 'host' | 'port' | 'redact'> {
  /** `rtsp://host:port/…`; credentials in it are used where none are given, and never sent */
  readonly url: string;
  readonly credentials?: RtspCredentials | null;
  /** `right` when not given */
  readonly login?: RtspLogin;
  readonly onExchange?: (exchange: RtspExchange) => void;
}

/** Refusals of one request that may follow each other: none sent, an old nonce, a stale one. */
const MAX_ATTEMPTS = 4;
/** The last so many are kept. */
const MAX_EXCHANGES = 500;

export class Dialogue {
  /** without credentials */
  readonly url: string;
  readonly connection: RtspConnection;
  readonly authenticator: Authenticator;
  readonly #exchanges: RtspExchange[] = [];
  readonly #onExchange: ((exchange: RtspExchange) => void) | undefined;

  /** @throws RtspFault as `RtspConnection.connect`; TypeError for a URL that is none */
  static async open(options: DialogueOptions): Promise<Dialogue> {
    const target = parseRtspUrl(options.url);
    if (target === null) throw new TypeError('Could not open an RTSP connection: the URL must look like rtsp://192.168.1.89:554/stream_0.');
    const inUrl = target.user === null ? null : { user: target.user, password: target.password ?? '' };
    const authenticator = createAuthenticator(options.credentials ?? inUrl, options.login ?? 'right');
    const redactor = createRedactor(new Set());
    redactor.addSecrets(authenticator.secrets);
    const { host, port } = target;
    const connection = await RtspConnection.connect({ ...options, host, port, redact: redactor.maskVerbatim });
    return new Dialogue(target.url, connection, authenticator, options.onExchange);
  }

  private constructor(url: string, connection: RtspConnection, authenticator: Authenticator, onExchange: DialogueOptions['onExchange']) {
    this.url = url;
    this.connection = connection;
    this.authenticator = authenticator;
    this.#onExchange = onExchange;
  }

  /** Every exchange in order, refusals that were answered among them; a fault's too. */
  get exchanges(): readonly RtspExchange[] {
    return this.#exchanges;
  }

  /** The final reply, whatever its status. @throws RtspFault when none comes */
  async ask(request: Omit<OutgoingRequest, 'authorization'>): Promise<RtspReply> {
    let answered = false;
    for (let attempt = 1; ; attempt += 1) {
      const authorization = this.authenticator.authorize(request.method, request.url);
      const reply = await this.#send({ ...request, authorization });
      if (reply.status !== 401 || attempt === MAX_ATTEMPTS) return reply;
      if (!this.authenticator.challenged(reply.response.headers, reply.note, answered)) return reply;
      answered = true;
    }
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  async #send(request: OutgoingRequest): Promise<RtspReply> {
    try {
      const reply = await this.connection.send(request);
      this.#record(reply.exchange);
      return reply;
    } catch (error) {
      if (error instanceof RtspFault && error.exchange !== null) this.#record(error.exchange);
      throw error;
    }
  }

  #record(exchange: RtspExchange): void {
    if (this.#exchanges.length === MAX_EXCHANGES) this.#exchanges.shift();
    this.#exchanges.push(exchange);
    this.#onExchange?.(exchange);
  }
}
