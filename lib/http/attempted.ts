/** What came of sending one request once, the same for both transports. Nothing here is masked yet. */
import type { NoReplyReason } from '../wire/socket-failure.ts';
import type { RawReply, ReplyReader } from './http-reply-reader.ts';

export type Attempted =
  | { readonly kind: 'reply'; readonly reply: RawReply }
  /** the head came, and the connection ended before the body was whole */
  | { readonly kind: 'cut'; readonly reply: RawReply }
  /** undici's parser refused the reply; what the tolerant reader made of the same bytes, null when they do not make a whole reply */
  | { readonly kind: 'refused'; readonly reply: RawReply | null; readonly detail: string }
  | {
      readonly kind: 'failed';
      readonly reason: NoReplyReason;
      /** the code of the operating system or the parser's words, for the report; empty when there is none */
      readonly detail: string;
      /** what had been read of the reply */
      readonly partial: RawReply | null;
      readonly seen: Buffer;
    };

export interface Target {
  /** path and query, one UTF-16 unit per byte */
  readonly target: string;
  readonly timeoutMs: number;
  readonly maxReplyBytes: number;
  /** JSON that is posted; absent: the request is a GET */
  readonly body?: string | undefined;
  /** the value of an Authorization header */
  readonly authorization?: string | undefined;
}

/** The media type of what is posted. */
export const JSON_TYPE = 'application/json';
export const methodOf = ({ body }: Pick<Target, 'body'>): 'GET' | 'POST' => (body === undefined ? 'GET' : 'POST');

const NOTHING = Buffer.alloc(0);

export const failed = (reason: NoReplyReason, detail: string, reader: ReplyReader | null = null): Attempted => ({
  kind: 'failed',
  reason,
  detail,
  partial: reader?.reply() ?? null,
  seen: reader?.seen() ?? NOTHING,
});
