/** What a reply's body is, by its bytes first and its label second: cameras send JSON as text/html and errors as image/jpeg. */
import { isUtf8 } from 'node:buffer';
import type { Body, Deviation } from '../wire/exchange.ts';
import { countValues, MAX_VALUES } from '../wire/json-size.ts';
import { MAX_DEPTH } from '../wire/nesting.ts';
import { withoutPadding } from '../wire/without-end.ts';
import { countMembers, duplicateKeys } from './duplicate-keys.ts';

export interface DecodedBody {
  readonly body: Body;
  /** the body as text, untrimmed; null when it is none */
  readonly text: string | null;
  /** the parsed JSON value (also of arrays and scalars); undefined when the text is no JSON */
  readonly value: unknown;
  readonly deviations: readonly Deviation[];
}

const NO_DEVIATIONS: readonly Deviation[] = [];
const BINARY_TYPE = /^\s*(?:image\/|application\/octet-stream)/i;
const STARTS_LIKE_JSON = /^\s*(?:\{\s*["}]|\[)/;

/** How many members the objects of a parsed value have, all depths together; NaN when it is too deep. */
const membersOf = (value: unknown, depth: number): number => {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth > MAX_DEPTH) return Number.NaN;
  let members = 0;
  if (Array.isArray(value)) {
    for (const item of value) members += membersOf(item, depth + 1);
    return members;
  }
  for (const name in value) members += 1 + membersOf((value as Record<string, unknown>)[name], depth + 1);
  return members;
};

const isImage = (bytes: Buffer): boolean => {
  if (bytes.length < 2) return false;
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return true;
  // "BM" alone could begin a sentence; a BMP's 14-byte header holds four reserved zeros.
  return bytes[0] === 0x42 && bytes[1] === 0x4d && bytes.length >= 14 && bytes.subarray(2, 14).includes(0);
};

const firstByte = (bytes: Buffer): number => {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length && (bytes[at] === 0x20 || (bytes[at] as number) - 9 < 5)) at += 1;
  return bytes[at] ?? 0;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const invalidUtf8 = (bytes: Buffer, text: string): Deviation => {
  const offset = Buffer.byteLength(text.slice(0, Math.max(0, text.indexOf('\ufffd'))));
  return { id: 'invalid-utf8', detail: `byte 0x${(bytes[offset] ?? 0).toString(16).toUpperCase().padStart(2, '0')} at offset ${offset}` };
};

const bytesBody = (bytes: Buffer): DecodedBody => ({ body: { kind: 'bytes', bytes }, text: null, value: undefined, deviations: NO_DEVIATIONS });

/** Decodes a body. `contentType` as received, empty when there was none. */
export const decodeBody = (bytes: Buffer, contentType: string): DecodedBody => {
  if (isImage(bytes)) return bytesBody(bytes);
  const first = firstByte(bytes);
  const maybeJson = first === 0x7b || first === 0x5b;
  const utf8 = isUtf8(bytes);
  if (!maybeJson && (!utf8 || BINARY_TYPE.test(contentType))) return bytesBody(bytes);

  const text = bytes.toString('utf8');
  let trimmed = text.trim();
  const deviations: Deviation[] = [];
  if (bytes[0] === 0xef && text.charCodeAt(0) === 0xfeff) deviations.push({ id: 'byte-order-mark', detail: 'EF BB BF before the JSON text' });
  if (trimmed.endsWith('\0')) {
    const padding = trimmed;
    trimmed = withoutPadding(trimmed);
    deviations.push({ id: 'trailing-nul', detail: `${padding.length - trimmed.length} bytes of padding after the text` });
  }
  const values = maybeJson ? countValues(trimmed) : 0;
  if (values > MAX_VALUES) {
    deviations.push({ id: 'too-many-values', detail: `JSON of about ${values} values; at most ${MAX_VALUES} are read` });
    return { body: { kind: 'text', text: trimmed }, text, value: undefined, deviations };
  }
  let value = maybeJson || trimmed.length < 64 ? parsed(trimmed) : undefined;
  // A raw picture may begin with the byte of a brace.
  if (value === undefined && (!utf8 || BINARY_TYPE.test(contentType)) && !STARTS_LIKE_JSON.test(trimmed.slice(0, 64))) return bytesBody(bytes);
  if (!utf8) deviations.push(invalidUtf8(bytes, text));

  const members = membersOf(value, 0);
  if (Number.isNaN(members)) {
    deviations.push({ id: 'too-deep', detail: `JSON nested deeper than ${MAX_DEPTH} levels` });
    value = undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { body: { kind: 'text', text: trimmed }, text, value, deviations };
  const duplicates = countMembers(trimmed) === members ? [] : duplicateKeys(trimmed);
  if (duplicates.length > 0) deviations.push({ id: 'duplicate-key', detail: duplicates.join(', ') });
  return {
    body: { kind: 'json', value: value as Readonly<Record<string, unknown>>, duplicateKeys: duplicates },
    text,
    value,
    deviations: deviations.length === 0 ? NO_DEVIATIONS : deviations,
  };
};
