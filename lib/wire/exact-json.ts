/**
 * JSON whose numbers keep their digits. Ids beyond 2^53 lose their last ones in a JavaScript number, and `1.0` its point: what is to be
 * put back as it was shown is read and written with this; everything else sees numbers.
 */
import { isMembers } from '../document/row-value.ts';

/** A number that JavaScript would write otherwise than it came. */
export class ExactNumber {
  readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }

  toJSON(): string {
    return `${MARK}${this.digits}`;
  }
}

/** No text of a camera begins so: it is another one in each process. */
const MARK = `\u0001exact ${Math.random().toString(36).slice(2)} `;
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const WRITTEN = new RegExp(`"${JSON.stringify(MARK).slice(1, -1).replaceAll('\\', '\\\\')}([^"]*)"`, 'g');

const isPlain = (token: string): boolean => token.startsWith('"') || String(Number(token)) === token;

/** Parses JSON; throws as `JSON.parse` does. */
export function parseExact(text: string): unknown {
  const value: unknown = JSON.parse(text);
  let isExact = true;
  const marked = text.replace(TOKEN, (token) => {
    if (isPlain(token)) return token;
    isExact = false;
    return JSON.stringify(`${MARK}${token}`);
  });
  if (isExact) return value;
  return JSON.parse(marked, (_, each: unknown) =>
    typeof each === 'string' && each.startsWith(MARK) ? new ExactNumber(each.slice(MARK.length)) : each,
  );
}

/** The inverse: a number is written with the digits that it came with. */
export function formatExact(value: unknown): string {
  const text = JSON.stringify(value);
  return text?.includes('exact ') ? text.replace(WRITTEN, (_, digits: string) => digits) : text;
}

/** As `isSameValue`, digit by digit: numbers beyond what JavaScript holds are the same only if they are written the same. */
export function isSameExactly(a: unknown, b: unknown): boolean {
  if (a instanceof ExactNumber || b instanceof ExactNumber) return isSameNumber(digitsOf(a), digitsOf(b));
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((value, index) => isSameExactly(value, b[index]));
  if (isMembers(a)) {
    if (!isMembers(b)) return false;
    const names = Object.keys(a);
    return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && isSameExactly(a[name], b[name]));
  }
  return Object.is(a, b) || (a === 0 && b === 0);
}

/** How many digits a JavaScript number surely holds. */
const SURE_DIGITS = 15;

const digitsOf = (value: unknown): string | null => (value instanceof ExactNumber ? value.digits : typeof value === 'number' ? String(value) : null);

function isSameNumber(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return false;
  const isSure = [a, b].every((digits) => digits.replace(/[eE].*|\D/g, '').replace(/^0+/, '').length <= SURE_DIGITS);
  return a === b || (isSure && Number(a) === Number(b));
}

/** `value` with the digits of `shown` wherever it says the same number: what is echoed goes out as it came. */
export function withDigitsOf(shown: unknown, value: unknown): unknown {
  if (shown instanceof ExactNumber) return value === Number(shown.digits) ? shown : value;
  if (Array.isArray(shown)) return Array.isArray(value) ? value.map((each, index) => withDigitsOf(shown[index], each)) : value;
  if (!isMembers(shown) || !isMembers(value) || value instanceof ExactNumber) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, Object.hasOwn(shown, name) ? withDigitsOf(shown[name], each) : each]));
}

/** The same for whoever sees numbers alone. */
export function withPlainNumbers(value: unknown): unknown {
  if (value instanceof ExactNumber) return Number(value.digits);
  if (Array.isArray(value)) return value.map(withPlainNumbers);
  return isMembers(value) ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withPlainNumbers(each)])) : value;
}

/** Whether any number in it would be written otherwise by JavaScript. */
export function hasExactNumbers(value: unknown): boolean {
  if (value instanceof ExactNumber) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(hasExactNumbers);
}
