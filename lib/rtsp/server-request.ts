/** Requests that the camera sends to its client: legal (RFC 2326, table 2 and D.1), seen in bluenviron/gortsplib#56, and to be answered. */

import type { Deviation } from '../wire/exchange.ts';
import { headerValue } from '../wire/header-value.ts';
import { shownBody } from './exchange-draft.ts';
import { formatPublic } from './headers/public.ts';
import { type Header, type Received, RTSP_VERSION, type RtspRequest, type RtspResponse } from './messages.ts';

export interface ServerRequest {
  readonly method: string;
  readonly url: string;
  /** as received, secrets masked */
  readonly text: string;
  /** the status that it was answered with */
  readonly answered: number;
  readonly deviations: readonly Deviation[];
}

/** What a client can do without harm; both of the latter serve as a sign of life. */
const KNOWN = ['OPTIONS', 'GET_PARAMETER', 'SET_PARAMETER'] as const;

export const answerServer = (
  { message, head, deviations }: Received<RtspRequest>,
  redact: (text: string) => string,
): { readonly record: ServerRequest; readonly answer: RtspResponse } => {
  const cseq = headerValue(message.headers, 'cseq');
  const session = headerValue(message.headers, 'session');
  const known = KNOWN.some((method) => method === message.method);
  const headers: Header[] = [
    ...(cseq === undefined ? [] : [['CSeq', cseq] as const]),
    ...(session === undefined ? [] : [['Session', session] as const]),
    ...(message.method === 'OPTIONS' ? [['Public', formatPublic(KNOWN)] as const] : []),
  ];
  const odd = cseq === undefined ? [...deviations, { id: 'missing-cseq', detail: `${message.method} of the server` }] : deviations;
  return {
    record: {
      method: message.method,
      url: redact(message.url),
      text: redact(head + shownBody(message.body)),
      answered: known ? 200 : 501,
      deviations: odd.map(({ id, detail }) => ({ id, detail: redact(detail) })),
    },
    answer: {
      kind: 'response',
      version: RTSP_VERSION,
      status: known ? 200 : 501,
      reason: known ? 'OK' : 'Not Implemented',
      headers,
      body: Buffer.alloc(0),
    },
  };
};
