/**
 * What a client sends while it plays so that its session lives on: a request at half the smallest timeout that the camera named, and
 * receiver reports, which some cameras wait for.
 */
import { randomInt } from 'node:crypto';
import type { RtspReply } from './connection.ts';
import type { MediaTransport } from './media-transport.ts';
import { formatReceiverReport } from './receiver-report.ts';
import type { Reception } from './reception.ts';

export type KeepAliveMethod = 'OPTIONS' | 'GET_PARAMETER';
/** `auto`: GET_PARAMETER where Public names it, else OPTIONS */
export type KeepAlive = 'auto' | KeepAliveMethod | 'none';

export interface LifeSignsOptions {
  readonly keepAlive: KeepAlive;
  readonly receiverReports: boolean;
  /** sends a sign of life, as a request */
  readonly send: (method: KeepAliveMethod) => Promise<RtspReply>;
  /** whose reception is reported */
  readonly tracks: readonly { readonly transport: MediaTransport; readonly reception: Reception }[];
}

const RECEIVER_REPORT_MS = 5000;
/** What a timer can hold; some cameras announce years. */
const MAX_KEEP_ALIVE_MS = 3_600_000;
/** 454: the session is over, whatever is asked. */
const SESSION_NOT_FOUND = 454;

export class LifeSigns {
  readonly #options: LifeSignsOptions;
  readonly #ssrc = randomInt(1, 2 ** 32 - 1);
  #method: KeepAliveMethod = 'OPTIONS';
  #keepAliveTimer: NodeJS.Timeout | null = null;
  #reportTimer: NodeJS.Timeout | null = null;

  constructor(options: LifeSignsOptions) {
    this.#options = options;
  }

  /** @param methods those that Public named */
  start(timeoutS: number, methods: readonly string[]): void {
    this.stop();
    const { keepAlive, receiverReports } = this.#options;
    if (keepAlive !== 'none') {
      this.#method = keepAlive === 'auto' ? (methods.includes('GET_PARAMETER') ? 'GET_PARAMETER' : 'OPTIONS') : keepAlive;
      this.#keepAliveTimer = setInterval(() => this.#sendKeepAlive(), Math.min(timeoutS * 500, MAX_KEEP_ALIVE_MS));
    }
    if (receiverReports) this.#reportTimer = setInterval(() => this.#sendReports(), RECEIVER_REPORT_MS);
  }

  /** May be called again. */
  stop(): void {
    if (this.#keepAliveTimer !== null) clearInterval(this.#keepAliveTimer);
    if (this.#reportTimer !== null) clearInterval(this.#reportTimer);
    this.#keepAliveTimer = null;
    this.#reportTimer = null;
  }

  #sendKeepAlive(): void {
    // A refusal and a missing answer are in the exchanges; the stream itself shows what they mean.
    this.#options.send(this.#method).then(
      ({ status }) => {
        const isRefused = (status < 200 || status >= 300) && status !== SESSION_NOT_FOUND;
        if (isRefused && this.#options.keepAlive !== 'GET_PARAMETER') this.#method = 'OPTIONS';
      },
      () => {},
    );
  }

  #sendReports(): void {
    const now = performance.now();
    for (const { transport, reception } of this.#options.tracks) {
      const block = reception.report(now);
      transport.sendRtcp(formatReceiverReport(this.#ssrc, block === null ? [] : [block], 'camera-conformance'));
    }
  }
}
