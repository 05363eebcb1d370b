/**
 * What a camera made of a value that it was given: cut, decoded once too often, rounded, kept as it was. Says in words what a person
 * would otherwise have to find by comparing two values, and what to look for in the firmware.
 */
import { isMembers, isSameValue } from '../../document/row-value.ts';
import { counted } from '../quantities.ts';

const UNCHANGED = 'not stored, or stored as what was there';

/** A clause for `found`, which is not `sent`; null where nothing is known that makes the one from the other. */
export function whatBecame(sent: unknown, found: unknown, before?: unknown): string | null {
  if (found === undefined) return 'it is no longer returned';
  const isUnchanged = before !== undefined && isSameValue(found, before);
  if (isUnchanged && found === '') return UNCHANGED;
  const made = typeof sent === 'string' && typeof found === 'string' ? ofText(sent, found) : null;
  if (made !== null) return made;
  if (isUnchanged) return UNCHANGED;
  if (typeof sent === 'number' && typeof found === 'number') return ofNumber(sent, found);
  if (isMembers(sent) && isMembers(found)) return ofMembers(sent, found, isMembers(before) ? before : {});
  return typeof sent === typeof found ? null : `${jsonTypeOf(found)} in place of ${jsonTypeOf(sent)}`;
}

const TEXT_CHANGES: readonly (readonly [change: (sent: string) => string, says: string])[] = [
  [(sent) => sent.trim(), 'the blanks at its ends are missing'],
  [(sent) => sent.replaceAll('+', ' '), 'its + became a blank: it is decoded once too often'],
  [(sent) => decoded(sent), 'its percent signs are decoded once too often'],
  [(sent) => decoded(sent.replaceAll('+', ' ')), 'its + and percent signs are decoded once too often'],
  [(sent) => encodeURIComponent(sent), 'it is percent-encoded once too often'],
  [(sent) => JSON.stringify(sent).slice(1, -1), 'its quotes and backslashes are escaped once too often'],
  [(sent) => Buffer.from(sent, 'utf8').toString('latin1'), 'its UTF-8 is read as Latin-1'],
  [(sent) => sent.replace(/\P{ASCII}/gu, '?'), 'what is not ASCII became ?'],
  [(sent) => sent.toLowerCase(), 'in small letters'],
  [(sent) => sent.toUpperCase(), 'in capital letters'],
];

function ofText(sent: string, found: string): string | null {
  if (found === '') return 'nothing of it is left';
  // In front of a cut: blanks at the end are a cut, too.
  const change = TEXT_CHANGES.find(([apply]) => apply(sent) === found);
  if (change !== undefined) return change[1];
  const missing = [...sent].length - [...found].length;
  const characters = missing === 1 ? 'character is' : `${missing} characters are`;
  if (sent.startsWith(found)) {
    const next = [...sent.slice(found.length)][0] ?? '';
    return `it is cut${/[\p{L}\p{N}]/u.test(next) ? '' : ` before ${next === ' ' ? 'the blank' : next}`}: its last ${characters} missing`;
  }
  if (sent.endsWith(found)) return `its first ${characters} missing`;
  if (found.startsWith(sent)) return `with ${counted([...found].length - [...sent].length, 'character')} more behind it`;
  const lost = [...new Set(sent)].filter((character) => !found.includes(character));
  if (lost.length > 0 && [...sent].filter((character) => !lost.includes(character)).join('') === found)
    return `${lost.map((character) => (character === ' ' ? 'the blank' : character)).join(' and ')} ${lost.length === 1 ? 'is' : 'are'} lost`;
  return null;
}

function decoded(text: string): string {
  return text.replace(/%[0-9a-f]{2}/gi, (byte) => String.fromCharCode(Number.parseInt(byte.slice(1), 16)));
}

/** Of fields in which firmware keeps numbers. */
const WIDTHS = [4, 8, 16] as const;

function ofNumber(sent: number, found: number): string | null {
  if (!Number.isInteger(sent) || !Number.isFinite(found)) return null;
  const bits = WIDTHS.find((each) => 2 ** each <= sent && sent % 2 ** each === found);
  if (bits !== undefined) return `the low ${bits} bits of ${sent}`;
  const off = found - sent;
  return `${Math.abs(off)} ${off < 0 ? 'less' : 'more'} than was set`;
}

const ofMembers = (
  sent: Readonly<Record<string, unknown>>,
  found: Readonly<Record<string, unknown>>,
  before: Readonly<Record<string, unknown>>,
): string =>
  Object.keys({ ...sent, ...found })
    .filter((name) => !isSameValue(sent[name], found[name]))
    .map((name) => {
      if (!Object.hasOwn(found, name)) return `${name} is missing`;
      if (!Object.hasOwn(sent, name)) return `${name} was not sent`;
      const why = whatBecame(sent[name], found[name], before[name]);
      return `${name} is ${JSON.stringify(found[name])}${why === null ? '' : ` (${why})`}`;
    })
    .join(', ');

function jsonTypeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'string' ? 'a text' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
