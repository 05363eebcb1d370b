/** What checks read of a reply to an RTSP request, and what they expect of each: its status, and the sequence number of its request. */

import { fail, Skipped } from '../../results/finding.ts';
import type { RtspReply } from '../../rtsp/connection.ts';
import type { RtspExchange } from '../../wire/exchange.ts';
import { headerValue } from '../../wire/header-value.ts';

/** `status 454 Session Not Found`. */
export const statusOf = ({ status, exchange }: RtspReply): string =>
  `status ${/^\S+ (\d+.*)/.exec(exchange.reply?.statusLine ?? '')?.[1]?.trim() ?? status}`;

export const isSuccess = ({ status }: RtspReply): boolean => status >= 200 && status < 300;

export const header = (reply: RtspReply, name: string): string | undefined => headerValue(reply.response.headers, name);

export function expectSuccess(reply: RtspReply | null): RtspReply {
  if (reply === null) throw new Skipped('blocked', 'the dialogue did not come as far');
  if (!isSuccess(reply)) fail(`${reply.exchange.method} is answered with status 200`, statusOf(reply), reply.exchange);
  return reply;
}

/** Of a step that has to be refused; 5xx is a refusal, too (505 for the version). */
export function expectRefused(reply: RtspReply, what: string): void {
  if (reply.status < 400) fail(`${what} is refused with a status of 4xx or 5xx`, `status ${reply.status}: it is served`, reply.exchange);
}

/** Each reply repeats the CSeq of its request. */
export function expectSequenceRepeated(exchanges: readonly RtspExchange[]): void {
  for (const exchange of exchanges) {
    const sent = /^CSeq:\s*(\d+)/im.exec(exchange.request)?.[1];
    const answered = /^cseq[ \t]*:[ \t]*(\d+)/im.exec(exchange.reply?.text ?? '')?.[1];
    if (sent !== answered)
      fail(`CSeq: ${sent} in the reply to ${exchange.method}, as in the request`, answered === undefined ? 'no CSeq' : `CSeq: ${answered}`, exchange);
  }
}
