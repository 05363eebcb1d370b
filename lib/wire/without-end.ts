/**
 * What stands at the end of a text taken off, in time linear to its length: a pattern that is anchored at the end looks at each run inside
 * the text anew from each of its characters.
 */

function withoutEnd(text: string, belongs: (character: string) => boolean): string {
  let end = text.length;
  while (end > 0 && belongs(text[end - 1] as string)) end -= 1;
  return text.slice(0, end);
}

/** Without the padding that cameras leave behind a text: zero bytes and blanks. */
export const withoutPadding = (text: string): string => withoutEnd(text, (character) => character === '\0' || character.trim() === '');

export const withoutLineEnds = (text: string): string => withoutEnd(text, (character) => character === '\r' || character === '\n');
