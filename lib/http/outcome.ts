/** What came of sending one request once, the same for both transports. Nothing here is masked yet. */
import type { RawReply, ReplyReader } from './http-reply-reader.ts';

export type NoReplyReason = 'refused' | 'unreachable' | 'timeout' | 'dropped' | 'too-large' | 'unparseable' | 'tls' | 'name-not-found';

export type Outcome =
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
}

const NOTHING = Buffer.alloc(0);

export const failed = (reason: NoReplyReason, detail: string, reader: ReplyReader | null = null): Outcome => ({
  kind: 'failed',
  reason,
  detail,
  partial: reader?.reply() ?? null,
  seen: reader?.seen() ?? NOTHING,
});

const REASON_OF_CODE: Readonly<Record<string, NoReplyReason>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  ETIMEDOUT: 'timeout',
  ENOTFOUND: 'name-not-found',
  EAI_AGAIN: 'name-not-found',
  EPROTO: 'tls',
};

export const codeOf = (error: Error): string => {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? code : '';
};

/** Why a socket failed. What is no known code is a dropped connection. */
export const reasonOf = (error: Error): NoReplyReason => {
  const code = codeOf(error);
  return REASON_OF_CODE[code] ?? (/^ERR_(?:TLS|SSL)_|CERT|SELF_SIGNED|LEAF_SIGNATURE/.test(code) ? 'tls' : 'dropped');
};
