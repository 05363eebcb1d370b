/**
 * One RTSP request and what came of it, as evidence. Secrets are removed as it is written: the request is shown with its
 * credentials masked, and the reply is searched for them.
 */
import type { Deviation } from '../wire/exchange.ts';
import { formatHead, type Received, type RtspRequest, type RtspResponse, textOfBody } from './messages.ts';

export interface RtspExchange {
  readonly protocol: 'rtsp';
  /** address and port of the other side */
  readonly remote: string;
  readonly method: string;
  readonly url: string;
  /** whole text as sent, credentials masked */
  readonly request: string;
  /** null when none came */
  readonly status: number | null;
  /** whole text as received, secrets masked, control characters kept (escape before printing); a body that is no text as its size only */
  readonly response: string | null;
  /** ISO 8601 */
  readonly startedAt: string;
  /** from sending the request to the end of its response */
  readonly durationMs: number;
  /** why there is no response, one sentence */
  readonly failure: string | null;
  /** rules that the response breaks, once each; grows while the connection lives, as bytes behind a response come late */
  readonly deviations: readonly Deviation[];
}

/** Masks what must not be recorded: secrets of the connection, and those of one request. */
export type Redact = (text: string, ofRequest: readonly string[]) => string;

/** The record of a request that is under way. */
export interface ExchangeDraft {
  finish(received: Received<RtspResponse> | null, failure: string | null): RtspExchange;
  /** Notes a deviation, before or after the exchange is finished. */
  note(deviation: Deviation): void;
}

export const shownBody = (body: Buffer): string => (body.length === 0 ? '' : (textOfBody(body) ?? `[${body.length} bytes that are no text]`));

/** @param shown the request as it may be shown, without credentials */
export const draftExchange = (remote: string, shown: RtspRequest, secrets: readonly string[], redact: Redact): ExchangeDraft => {
  const startedAt = new Date().toISOString();
  const began = performance.now();
  const deviations: Deviation[] = [];
  const mask = (text: string): string => redact(text, secrets);
  const note = ({ id, detail }: Deviation): void => {
    if (!deviations.some((deviation) => deviation.id === id)) deviations.push({ id, detail: mask(detail) });
  };
  return {
    note,
    finish(received, failure) {
      received?.deviations.forEach(note);
      return {
        protocol: 'rtsp',
        remote,
        method: shown.method,
        url: mask(shown.url),
        request: mask(formatHead(shown) + shownBody(shown.body)),
        status: received?.message.status ?? null,
        response: received === null ? null : mask(received.head + shownBody(received.message.body)),
        startedAt,
        durationMs: Math.round(performance.now() - began),
        failure,
        deviations,
      };
    },
  };
};

/** `/stream_0` requests as reports print them: the request, what came, and the deviations. Control characters are kept. */
export const formatRtspExchange = ({ request, response, failure, deviations, durationMs, remote }: RtspExchange): string =>
  [
    `To ${remote}`,
    request.trimEnd(),
    '',
    response === null ? `No response: ${failure ?? ''}` : `After ${durationMs} ms\n${response.trimEnd()}`,
    ...deviations.map(({ id, detail }) => `Deviation ${id}: ${detail}`),
  ].join('\n');
