/**
 * The record of an RTSP request while it is under way. Secrets are removed as it is written: the request is shown with its
 * credentials masked, and the reply is searched for them.
 */
import type { Deviation, RecordedResponse, RtspExchange } from '../wire/exchange.ts';
import { formatHead, type Received, type RtspRequest, type RtspResponse, textOfBody } from './messages.ts';

/** Masks what must not be recorded: secrets of the connection, and those of one request. */
export type Redact = (text: string, ofRequest: readonly string[]) => string;

/** The record of a request that is under way. */
export interface ExchangeDraft {
  finish(received: Received<RtspResponse> | null, failure: string | null): RtspExchange;
  /** Notes a deviation, before or after the exchange is finished. */
  note(deviation: Deviation): void;
}

export const shownBody = (body: Buffer): string => (body.length === 0 ? '' : (textOfBody(body) ?? `[${body.length} bytes that are no text]`));

function recorded(status: number, text: string): RecordedResponse {
  const [statusLine = ''] = text.split(/\r?\n/, 1);
  return { statusLine, status, text, bytes: Buffer.byteLength(text) };
}

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
        kind: 'rtsp',
        remote,
        method: shown.method,
        url: mask(shown.url),
        request: mask(formatHead(shown) + shownBody(shown.body)),
        reply: received === null ? null : recorded(received.message.status, mask(received.head + shownBody(received.message.body))),
        startedAt,
        durationMs: Math.round(performance.now() - began),
        failure,
        deviations,
      };
    },
  };
};
