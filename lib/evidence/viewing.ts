/** A look at a stream as evidence: its dialogue, what the camera said of it, what was measured. */
import type { StreamFacts } from '../media/stream-facts.ts';
import type { RtspExchange } from '../rtsp/exchange.ts';
import type { Exchange } from '../wire/exchange.ts';

/** One look at a stream, for whoever shows it in a report. Nothing in it is a verdict. */
export interface Viewing {
  readonly exchanges: readonly RtspExchange[];
  /** the session description as received */
  readonly description: string | null;
  readonly facts: readonly StreamFacts[];
}

/** An RTSP exchange in the form in which results keep evidence. */
export function rtspEvidence({ method, url, request, status, response, startedAt, durationMs, failure, deviations }: RtspExchange): Exchange {
  const [statusLine = ''] = response?.split(/\r?\n/, 1) ?? [];
  return {
    method,
    url,
    json: null,
    startedAt,
    durationMs,
    attempts: 1,
    reply: response === null ? null : { statusLine, status: status ?? 0, headers: [], text: response, bytes: Buffer.byteLength(response) },
    failure,
    deviations,
    request,
  };
}
