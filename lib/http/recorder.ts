/** Turns what was sent and received into an `HttpExchange`, masked as it is written. */
import type { Credentials } from '../wire/credentials.ts';
import type { Deviation, HttpExchange, RecordedReply } from '../wire/exchange.ts';
import type { Redactor } from '../wire/redact.ts';
import type { RawReply } from './http-reply-reader.ts';
import type { DecodedBody } from './json-body.ts';
import type { ReplyHead } from './reply-head.ts';

/** A request as the record shows it: nothing in it is secret. */
export interface MaskedRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly json: string | null;
  readonly credentials: Credentials | undefined;
  /** what it sent in secret fields, as `Redactor.secretsOfRequest` gives it */
  readonly secrets: readonly string[];
  readonly isLogIn?: true;
}

/** When the first attempt began, how long the last one took, and how many there were. */
export interface Timing {
  readonly startedAt: string;
  readonly durationMs: number;
  readonly attempts: number;
  readonly isHttpLogIn?: boolean;
}

const NO_DEVIATIONS: readonly Deviation[] = [];

const maskedDeviations = (redactor: Redactor, deviations: readonly Deviation[], secrets: readonly string[]): readonly Deviation[] =>
  deviations.length === 0 ? NO_DEVIATIONS : deviations.map(({ id, detail }) => ({ id, detail: redactor.maskVerbatim(detail, secrets) }));

/** The head as it is when no secret stands in it, which is the rule and must cost nothing. */
const maskedHead = (redactor: Redactor, head: ReplyHead, secrets: readonly string[]): Pick<RecordedReply, 'statusLine' | 'headers'> => {
  const folded = head.deviations.some(({ id }) => id === 'folded-header');
  if (!folded && redactor.maskVerbatim(head.text, secrets) === head.text) return head;
  const mask = (text: string): string => redactor.maskVerbatim(text, secrets);
  return { statusLine: mask(head.statusLine), headers: head.headers.map(([name, value]) => [mask(name), mask(value)] as const) };
};

/** Of a text so much is recorded, in UTF-16 units: nothing of the document but a picture is longer than half of it. */
const LONGEST_TEXT = 16 * 1024;
/** Longer than any secret: one that begins within the limit is masked whole. */
const MARGIN = 4 * 1024;

const maskedText = (redactor: Redactor, { text, value }: DecodedBody, secrets: readonly string[]): string | null => {
  if (text === null) return null;
  if (text.length > LONGEST_TEXT + MARGIN) {
    // Its secrets are noted all the same: they may stand in the next one.
    if (value !== undefined) redactor.noteSecretsOf(value);
    return `${redactor.maskText(text.slice(0, LONGEST_TEXT + MARGIN), secrets).slice(0, LONGEST_TEXT)}… (${text.length} characters in all)`;
  }
  return value === undefined ? redactor.maskText(text, secrets) : redactor.maskJson(text, value, secrets);
};

export const recordReply = (redactor: Redactor, { secrets }: MaskedRequest, raw: RawReply, decoded: DecodedBody): RecordedReply => {
  const { statusLine, headers } = maskedHead(redactor, raw.head, secrets);
  return { statusLine, status: raw.head.status, headers, text: maskedText(redactor, decoded, secrets), bytes: raw.body.length };
};

/** What came of bytes that are no reply: shown as latin1, status 0. */
export const recordBytes = (redactor: Redactor, { secrets }: MaskedRequest, bytes: Buffer): RecordedReply | null => {
  if (bytes.length === 0) return null;
  const text = redactor.maskText(bytes.toString('latin1'), secrets);
  return { statusLine: (text.split('\n', 1)[0] as string).trimEnd(), status: 0, headers: [], text, bytes: bytes.length };
};

export const recordExchange = (
  redactor: Redactor,
  request: MaskedRequest,
  timing: Timing,
  reply: RecordedReply | null,
  deviations: readonly Deviation[],
): HttpExchange => ({
  kind: 'http',
  method: request.method,
  url: request.url,
  json: request.json,
  startedAt: timing.startedAt,
  durationMs: timing.durationMs,
  attempts: timing.attempts,
  reply,
  failure: null,
  deviations: maskedDeviations(redactor, deviations, request.secrets),
  ...(request.credentials === undefined ? {} : { credentials: request.credentials }),
  ...(timing.isHttpLogIn ? { isHttpLogIn: true } : {}),
  ...(request.isLogIn === undefined ? {} : { isLogIn: request.isLogIn }),
});
