/** Text from the network made safe for terminals and reports: nothing in it moves the cursor, hides or reverses text. */

import { withoutLineEnds } from './without-end.ts';

// C0, DEL, C1; all format characters, such as zero-width and bidi marks, soft hyphens and tags; line and paragraph separators; lone surrogates.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u2065]|\p{Surrogate}/gu;

const escapeOne = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  return code <= 0xff ? `\\x${hex.padStart(2, '0')}` : `\\u{${hex.padStart(4, '0')}}`;
};

/** Control characters as `\xNN`, other invisible or reordering characters and lone surrogates as `\u{NNNN}`; the rest as it is. */
export const printable = (text: string): string => text.replace(UNSAFE, escapeOne);

/** At most `max` UTF-16 units (at least 1), the last of them `…` when something was cut off; never cuts a character in two. */
export const shorten = (text: string, max: number): string => {
  if (text.length <= max) return text;
  const end = Math.max(0, max - 1);
  const last = text.charCodeAt(end - 1);
  return `${text.slice(0, last >= 0xd800 && last <= 0xdbff ? end - 1 : end)}…`;
};

/** Of one line is quoted at most so much. */
const LONGEST_QUOTE = 120;

/** A line from the network as a deviation quotes it: printable, short, without its line end. */
export const quotedLine = (line: string): string => printable(shorten(withoutLineEnds(line), LONGEST_QUOTE));
