/** What an answer means in the camera's own terms: done, refused with a code or a text, or something else altogether. */

import type { Members } from '../document/row-value.ts';
import { ERROR_CODES, JSON_ERROR_TEXT, NOT_SUPPORTED_CODE, USER_ERROR_TEXT } from '../document/sections/01-generic.ts';
import type { Answer } from '../wire/exchange.ts';

export type Outcome =
  /** a JSON reply whose code is 0 (or missing: the envelope check judges that) */
  | { readonly kind: 'done'; readonly reply: Members; readonly answer: Answer }
  /** a JSON reply with another code */
  | { readonly kind: 'code'; readonly code: number; readonly reply: Members; readonly answer: Answer }
  /** the text `error json` */
  | { readonly kind: 'error-json'; readonly answer: Answer }
  /** the text `error user/pwd`, or a log-in that lets nobody in */
  | { readonly kind: 'error-user'; readonly answer: Answer }
  | { readonly kind: 'other'; readonly answer: Answer };

export function outcomeOf(answer: Answer): Outcome {
  const { body } = answer;
  if (answer.isRefusedLogIn) return { kind: 'error-user', answer };
  if (body.kind === 'json') {
    const code = Number(body.value.code ?? 0);
    return code === 0 ? { kind: 'done', reply: body.value, answer } : { kind: 'code', code, reply: body.value, answer };
  }
  if (body.kind === 'text' && body.text === JSON_ERROR_TEXT) return { kind: 'error-json', answer };
  if (body.kind === 'text' && body.text === USER_ERROR_TEXT) return { kind: 'error-user', answer };
  return { kind: 'other', answer };
}

/** This model does not have the action: `error json`, code 209 or HTTP 404 to a well-formed request. */
export const isNotOffered = (outcome: Outcome): boolean =>
  outcome.kind === 'error-json' || (outcome.kind === 'code' && outcome.code === NOT_SUPPORTED_CODE) || outcome.answer.status === 404;

/** Codes with which firmware in the field says the same of a get. Some of its sets answer 1 and are carried out all the same. */
const ODD_CODES: ReadonlySet<number> = new Set([-1, 1]);
export const isOddCode = (outcome: Outcome): boolean => outcome.kind === 'code' && ODD_CODES.has(outcome.code);

/** Refused, by a code or by a documented text. */
export const isRefusal = (outcome: Outcome): boolean => outcome.kind === 'code' || outcome.kind === 'error-json' || outcome.kind === 'error-user';

/** An outcome as a finding quotes it. */
export function describe(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'done':
      return 'code 0';
    case 'code':
      return describeCode(outcome);
    case 'error-json':
      return `the text "${JSON_ERROR_TEXT}"`;
    case 'error-user':
      if (outcome.answer.isRefusedLogIn) return `its log-in is refused, with ${describe(outcomeOf({ ...outcome.answer, isRefusedLogIn: false }))}`;
      return `the text "${USER_ERROR_TEXT}"`;
    case 'other':
      return describeBody(outcome.answer);
  }
}

/** With what 1.3 says that it means. */
function describeCode({ code, reply }: Outcome & { kind: 'code' }): string {
  const meaning = ERROR_CODES[code];
  const says = typeof reply.log === 'string' && reply.log.trim() !== '' ? `, log ${JSON.stringify(reply.log.slice(0, LONGEST_LOG))}` : '';
  return `code ${Number.isNaN(code) ? JSON.stringify(reply.code) : code}${meaning === undefined ? '' : ` (${meaning})`}${says}`;
}

/** What the camera says of a refusal is for a person to read. */
const LONGEST_LOG = 100;

/** What looks like JSON and is no object. */
function kindOfText(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? 'a JSON list in place of an object:' : 'JSON that is no object:';
  } catch {
    if (!/^[[{]/.test(text)) return 'the text';
    return /[}\]]$/.test(text) ? 'JSON that does not parse:' : 'JSON that ends too early:';
  }
}

/** Texts are quoted as recorded, secrets removed before the text is cut: half a password would be found by nobody. */
function describeBody({ body, status, exchange }: Answer): string {
  const start = status === 200 ? '' : `HTTP status ${status} with `;
  if (body.kind === 'bytes') return `${start}${body.bytes.length} bytes that are no text`;
  if (body.kind === 'json') return `${start}a JSON object`;
  if (body.text === '') return `${start}an empty body`;
  const text = exchange.reply?.text?.trim() ?? '';
  const quoted = JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}…` : text);
  return `${start}${kindOfText(text)} ${quoted}`;
}
