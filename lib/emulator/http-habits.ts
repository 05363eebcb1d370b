/** What a camera may do otherwise than an ordinary HTTP server would let it: its replies, their bytes, its connections. */
import type { HttpReply, HttpRequest } from './http-message.ts';

export interface HttpHabits {
  /** what is answered in place of the camera; `drop`: the connection ends without a reply */
  request?(request: HttpRequest): HttpReply | 'drop' | undefined;
  reply?(reply: HttpReply, request: HttpRequest): HttpReply;
  /** the head as it goes over the wire, its blank line included */
  head?(text: string, request: HttpRequest): string;
  /** milliseconds before a reply */
  delayMs?(request: HttpRequest): number;
  /** true: replies come in many small segments */
  readonly inPieces?: boolean;
  /** one request at a time: others `wait`, or their connections are `closed` */
  readonly oneAtATime?: 'wait' | 'close';
}

/** Each hook gets what the one before made of it. */
export function combineHttpHabits(those: readonly HttpHabits[]): HttpHabits {
  const { inPieces, oneAtATime } = Object.assign({}, ...those) as HttpHabits;
  return {
    request: (request) => those.map((each) => each.request?.(request)).find((instead) => instead !== undefined),
    reply: (reply, request) => those.reduce((so, each) => each.reply?.(so, request) ?? so, reply),
    head: (text, request) => those.reduce((so, each) => each.head?.(so, request) ?? so, text),
    delayMs: (request) => those.reduce((sum, each) => sum + (each.delayMs?.(request) ?? 0), 0),
    ...(inPieces === undefined ? {} : { inPieces }),
    ...(oneAtATime === undefined ? {} : { oneAtATime }),
  };
}
