/**
 * A text as whoever reads it will decode it: percent-encoding, the escapes of JSON, the entities of HTML, one within the other. Each
 * character knows where it came from, so that what is found in the view can be taken out of the text.
 */

export interface DecodedView {
  readonly text: string;
  /** for each character of `text` where its spelling begins in the source, and at last where the source ends */
  readonly starts: readonly number[];
}

const SPELLING = /%([0-9a-f]{2})|\\u([0-9a-f]{4})|\\(["\\/])|&#x([0-9a-f]{1,5});|&#(\d{1,6});|&(amp|lt|gt|quot|apos);/gi;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** JSON within a URL within a page within JSON. */
const MOST_LEVELS = 4;

/** The text itself in small letters, then as it is decoded once, twice, …, as long as there is anything to decode. */
export function* decodedViews(text: string): Generator<DecodedView> {
  let view: DecodedView | null = { text: asciiLower(text), starts: Array.from({ length: text.length + 1 }, (_, index) => index) };
  for (let level = 0; view !== null && level <= MOST_LEVELS; level += 1) {
    yield view;
    view = decodedOnce(view);
  }
}

function decodedOnce({ text, starts }: DecodedView): DecodedView | null {
  let decoded = '';
  const from: number[] = [];
  let last = 0;
  const copy = (until: number): void => {
    for (let at = last; at < until; at += 1) from.push(starts[at] as number);
    decoded += text.slice(last, until);
  };
  for (const match of text.matchAll(SPELLING)) {
    copy(match.index);
    const character = asciiLower(characterOf(match));
    for (let unit = 0; unit < character.length; unit += 1) from.push(starts[match.index] as number);
    decoded += character;
    last = match.index + match[0].length;
  }
  if (last === 0) return null;
  copy(text.length);
  return { text: decoded, starts: [...from, starts[text.length] as number] };
}

function characterOf([, percent, unicode, escaped, hex, decimal, entity]: RegExpExecArray): string {
  const code = percent ?? unicode ?? hex;
  if (code !== undefined) return characterAt(Number.parseInt(code, 16));
  if (decimal !== undefined) return characterAt(Number(decimal));
  return escaped ?? ENTITIES[(entity ?? '').toLowerCase()] ?? '';
}

const characterAt = (code: number): string => (code <= 0x10_ffff ? String.fromCodePoint(code) : '\ufffd');

/** In small letters, each character in its place: `toLowerCase` makes two of some. */
export const asciiLower = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
