/** The padding that cameras leave behind a text: zero bytes and blanks. */

const isPadding = (character: string): boolean => character === '\0' || character.trim() === '';

/** Linear: a pattern anchored at the end looks at a run of blanks inside the text anew from each of its characters. */
export function withoutPadding(text: string): string {
  let end = text.length;
  while (end > 0 && isPadding(text[end - 1] as string)) end -= 1;
  return text.slice(0, end);
}
