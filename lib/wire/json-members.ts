/** The members of a JSON text by their places in it, so that one can be written anew and all others keep their spelling. */

export interface JsonMember {
  readonly name: string;
  /** the value's first character; `behindValue` tells where it ends */
  readonly start: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

const isBlank = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
const isOpening = (code: number): boolean => code === 0x7b || code === 0x5b;
const isClosing = (code: number): boolean => code === 0x7d || code === 0x5d;

/** Behind the quote that ends the string begun at `at`. */
function behindString(text: string, at: number): number {
  for (let end = at + 1; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code === BACKSLASH) end += 1;
    else if (code === QUOTE) return end + 1;
  }
  return text.length;
}

function behindBlanks(text: string, at: number): number {
  let next = at;
  while (isBlank(text.charCodeAt(next))) next += 1;
  return next;
}

/**
 * Calls `take` with each member of a text that is known to be JSON, outer ones first; where it returns true, the members inside the value
 * are left out. Linear in the length of the text.
 */
export function eachMember(text: string, take: (member: JsonMember) => boolean): void {
  for (let at = 0; at < text.length; at += 1) {
    if (text.charCodeAt(at) !== QUOTE) continue;
    const behind = behindString(text, at);
    const colon = behindBlanks(text, behind);
    if (text.charCodeAt(colon) !== COLON) {
      at = behind - 1;
      continue;
    }
    const start = behindBlanks(text, colon + 1);
    const isTaken = take({ name: JSON.parse(text.slice(at, behind)) as string, start });
    // Its end is looked for only where it is wanted: else every level would be walked once for each that holds it.
    at = (isTaken || !isOpening(text.charCodeAt(start)) ? behindValue(text, start) : start + 1) - 1;
  }
}

/** Behind the value that begins at `start`. */
export function behindValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = behindString(text, at) - 1;
      if (depth === 0) return at + 1;
    } else if (isOpening(code)) depth += 1;
    else if (isClosing(code)) {
      if (depth === 0) return at;
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (depth === 0 && (code === 0x2c || isBlank(code))) return at;
  }
  return text.length;
}
