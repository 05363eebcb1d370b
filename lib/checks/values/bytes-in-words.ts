/** Bytes that are not what was asked for, so that a person knows them again: their kind, their number, how they begin. */

import { formatOf } from '../../media/picture.ts';
import { isBase64 } from '../../wire/base64.ts';
import { shorten } from '../../wire/printable.ts';
import { counted } from '../quantities.ts';

const LONGEST_TEXT = 120;
const START_BYTES = 8;
/** Shorter ones are words: `failed`. */
const SHORTEST_BASE64 = 64;

/** `a BMP picture of 9270 bytes`, `the text "failed"`, `133104 bytes of Base64`, `16 bytes that begin with 2D 2D …`, `an empty body`. */
export function bytesInWords(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'an empty body';
  const format = formatOf(bytes);
  if (format !== null) return `a ${format.toUpperCase()} picture of ${counted(bytes.length, 'byte')}`;
  const text = textOf(bytes);
  if (text === null) return `${counted(bytes.length, 'byte')} that ${bytes.length === 1 ? 'is' : 'begin with'} ${hex(bytes)}`;
  if (text.length >= SHORTEST_BASE64 && isBase64(text)) return `${counted(bytes.length, 'byte')} of Base64`;
  return `the text ${JSON.stringify(shorten(text.trim(), LONGEST_TEXT))}`;
}

function textOf(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return /[^\P{Cc}\t\r\n]/u.test(text) ? null : text;
  } catch {
    return null;
  }
}

const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.subarray(0, START_BYTES))
    .toString('hex')
    .toUpperCase()
    .replace(/..(?!$)/g, '$& ');
