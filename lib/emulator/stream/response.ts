/** RTSP responses (RFC 2326, 7). */

const REASONS = {
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  406: 'Not Acceptable',
  453: 'Not Enough Bandwidth',
  454: 'Session Not Found',
  455: 'Method Not Valid in This State',
  459: 'Aggregate Operation Not Allowed',
  460: 'Only Aggregate Operation Allowed',
  461: 'Unsupported Transport',
  501: 'Not Implemented',
  503: 'Service Unavailable',
  505: 'RTSP Version Not Supported',
} as const;

export type Status = keyof typeof REASONS;

export interface RtspResponse {
  readonly status: Status;
  /** in the order of sending; a name may come twice */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
}

/** @param cseq that of the request, undefined where it had none */
export function formatResponse(cseq: string | undefined, { status, headers = [], body = '' }: RtspResponse): string {
  const lines = [
    `RTSP/1.0 ${status} ${REASONS[status]}`,
    ...(cseq === undefined ? [] : [`CSeq: ${cseq}`]),
    `Date: ${new Date().toUTCString()}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]),
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}
