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

/** What came for an HTTP request. */
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

/** What came for an RTSP request. */
export interface RecordedResponse {
  /** as received: `RTSP/1.0 200 OK` */
  readonly statusLine: string;
  readonly status: number;
  /** head and body as received, secrets masked, control characters kept (escape before printing); a body that is no text as its size only */
  readonly text: string;
  /** of `text` */
  readonly bytes: number;
}

interface Asked {
  /** `GET`, `POST` of the JSON, or the method of an RTSP request */
  readonly method: string;
  /** whole URL, credentials masked, `json` value percent-decoded only in `json` */
  readonly url: string;
  /** when the first attempt began, ISO 8601 */
  readonly startedAt: string;
  /** how long the last attempt took, from its sending to the end of the reply */
  readonly durationMs: number;
  /** why there is no reply, one sentence */
  readonly failure: string | null;
  /** rules that the reply breaks; of RTSP once each, and growing while the connection lives, as bytes behind a response come late */
  readonly deviations: readonly Deviation[];
}

export interface HttpExchange extends Asked {
  readonly kind: 'http';
  /** the `json` value as sent (secrets removed), null when none was sent */
  readonly json: string | null;
  /** 1, or more when busy replies or dropped connections were retried */
  readonly attempts: number;
  readonly reply: RecordedReply | null;
  /** who the request claimed to be, which the masked URL does not tell; absent where it claimed nothing */
  readonly credentials?: Credentials | undefined;
  /** it was sent with a log-in by HTTP's own Basic or Digest, because the camera asked for one */
  readonly isHttpLogIn?: true | undefined;
  /** it is no question of a check: the interface has to be entered by it */
  readonly isLogIn?: true | undefined;
}

export interface RtspExchange extends Asked {
  readonly kind: 'rtsp';
  /** address and port of the other side */
  readonly remote: string;
  /** whole text as sent, credentials masked */
  readonly request: string;
  readonly reply: RecordedResponse | null;
}

export type Exchange = HttpExchange | RtspExchange;

/** What a reply's body turned out to be. */
export type Body =
  | { readonly kind: 'json'; readonly value: Readonly<Record<string, unknown>>; readonly duplicateKeys: readonly string[] }
  /** trimmed text that is no JSON object: `error json`, `error user/pwd`, `failed`, HTML, broken JSON, a JSON array … */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

export interface Answer {
  readonly exchange: HttpExchange;
  readonly status: number;
  readonly body: Body;
  /** the bytes of the body as received */
  readonly bytes: Uint8Array;
  /** it answers the log-in that the request needs, and lets nobody in: the request itself was not sent */
  readonly isRefusedLogIn?: boolean;
}

/** What the run counts (`traffic` in results.json). */
export interface Traffic {
  requests: number;
  retries: number;
  /** time that requests waited for the camera, summed */
  deviceTimeMs: number;
}
