/**
 * One request to the camera and what came of it, as evidence: what every report shows and what every verdict rests on.
 * Secrets are already removed here; nothing that holds a password ever gets into an `Exchange`.
 */
import type { Credentials } from './credentials.ts';

/** A rule of HTTP that a reply breaks. The dialogue goes on; checks judge it. */
export interface Deviation {
  /** words: `header-without-name`, `bare-lf`, `two-lengths`, `length-mismatch`, `invalid-utf8`, `duplicate-key`, … */
  readonly id: string;
  /** the offending bytes or names, printable */
  readonly detail: string;
}

export interface RecordedReply {
  /** as received: `HTTP/1.1 200 OK` */
  readonly statusLine: string;
  /** 0 when what came was no HTTP reply; `text` then holds its bytes as latin1 */
  readonly status: number;
  /** in order and spelling of the wire */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** the body as text, secrets removed, control characters kept (escape before printing); null when it is not text */
  readonly text: string | null;
  readonly bytes: number;
}

export interface Exchange {
  /** `GET`, or the method of an RTSP request */
  readonly method: string;
  /** whole URL, credentials masked, `json` value percent-decoded only in `json` */
  readonly url: string;
  /** the `json` value as sent (secrets removed), null when none was sent */
  readonly json: string | null;
  /** when the first attempt began, ISO 8601 */
  readonly startedAt: string;
  /** how long the last attempt took, from its sending to the end of the reply */
  readonly durationMs: number;
  /** 1, or more when busy replies or dropped connections were retried */
  readonly attempts: number;
  readonly reply: RecordedReply | null;
  /** why there is no reply, one sentence */
  readonly failure: string | null;
  readonly deviations: readonly Deviation[];
  /** who the request claimed to be, which the masked URL does not tell; absent where it claimed nothing */
  readonly credentials?: Credentials | undefined;
  /** whole text of an RTSP request as sent, credentials masked; absent for HTTP */
  readonly request?: string | undefined;
}

export const isRtsp = ({ url }: Pick<Exchange, 'url'>): boolean => url.startsWith('rtsp:');

/** What a reply's body turned out to be. */
export type Body =
  | { readonly kind: 'json'; readonly value: Readonly<Record<string, unknown>>; readonly duplicateKeys: readonly string[] }
  /** trimmed text that is no JSON object: `error json`, `error user/pwd`, `failed`, HTML, broken JSON, a JSON array … */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

export interface Answer {
  readonly exchange: Exchange;
  readonly status: number;
  readonly body: Body;
  /** the bytes of the body as received */
  readonly bytes: Uint8Array;
}

/** What the run counts (`traffic` in results.json). */
export interface Traffic {
  requests: number;
  retries: number;
  /** time that requests waited for the camera, summed */
  deviceTimeMs: number;
}
