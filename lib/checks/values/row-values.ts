/**
 * The values that checks send for a row: legal ones that differ from what is set now, the ends of a range, the members of
 * an enumeration, and illegal ones. Pure; the current reply is an argument where a link or the present value matters.
 */
import type { Row, TextType, Type } from '../../document/notation.ts';
import { isMembers, type Members } from '../../document/row-value.ts';

export interface Candidate {
  readonly value: unknown;
  /** other parameters that have to be sent along (the partner of a pair) */
  readonly companions: Members;
  /** whether the document itself says that this value is legal; where it leaves the range open, a refusal is no finding */
  readonly certain: boolean;
}

/** Legal values that differ from `current`, the best first. Empty where the document allows only one. */
export function differentValues(row: Row, current: unknown, reply: Members): readonly Candidate[] {
  if (row.held) return [{ value: current, companions: {}, certain: true }];
  if (row.link?.kind === 'pair') return otherPairs(row, current, reply);
  const limit = row.link?.kind === 'at-most' ? reply[row.link.limit] : undefined;
  const values = legalValues(row.type, current).filter((value) => value !== current && (typeof limit !== 'number' || Number(value) <= limit));
  const certain = isClosed(row.type) || (row.type.kind === 'text' && row.type.format === 'free');
  return values.map((value, index) => ({ value, companions: {}, certain: certain || (index === 0 && isExampleText(row.type, value)) }));
}

/** A number whose range, or whose upper end, only the camera knows: a value may be refused, or clamped. */
export const hasOpenRange = ({ type, link }: Pick<Row, 'type' | 'link'>): boolean =>
  type.kind === 'number' && type.max === undefined && link?.kind !== 'pair';

/** Whether the document says exactly which values are legal. */
const isClosed = (type: Type): boolean => type.kind === 'choice' || (type.kind === 'number' && type.max !== undefined);

const isExampleText = (type: Type, value: unknown): boolean => type.kind === 'text' && type.samples?.[0] === value;

function legalValues(type: Type, current: unknown): readonly unknown[] {
  switch (type.kind) {
    case 'choice': {
      const members = Object.keys(type.values).map(Number);
      const after = members.indexOf(Number(current)) + 1;
      return [...members.slice(after), ...members.slice(0, after)];
    }
    case 'number': {
      const nearest = typeof current === 'number' ? neighbour(current, type.min, type.max) : (type.min ?? 1);
      return type.max === undefined ? [...new Set([...(type.samples ?? []), nearest, ...below(current, type.min)])] : [nearest];
    }
    case 'text':
      return type.fixed === undefined ? otherTexts(type) : [];
    case 'list':
    case 'week':
      return [];
  }
}

/** The next number up, or down at the top: close to what is set, so that rules between parameters still hold. */
function neighbour(current: number, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY): number {
  const whole = Math.round(current);
  return whole + 1 <= max ? Math.max(whole + 1, min) : Math.min(whole - 1, max);
}

/** Where no range is documented, what is set may be the largest that the camera takes. */
const below = (current: unknown, min = 0): readonly number[] =>
  typeof current === 'number' ? [Math.round(current) - 1, Math.floor(current / 2)].filter((value) => value >= min) : [];

/** Addresses are those that RFC 5737 and RFC 2606 keep for documentation: a camera that connects to them reaches nobody. */
const OTHER_TEXTS = {
  free: ['conf1', 'conf2', 'conf3', 'conf4', 'conf5', 'conf6'],
  ipv4: ['192.0.2.10', '192.0.2.11'],
  mac: ['00:00:5e:00:53:01', '00:00:5e:00:53:02'],
  host: ['192.0.2.12', 'conf.example.com'],
  url: ['http://192.0.2.13/a', 'http://192.0.2.14/b'],
  digits: ['34020000002000000009', '34020000002000000008'],
  path: ['/conf', '/conf2'],
} as const;

/** The texts that are tried where a text can be another one. */
export const otherTexts = ({ samples = [], format }: TextType): readonly string[] => [...samples, ...OTHER_TEXTS[format]];

function otherPairs(row: Row, current: unknown, reply: Members): readonly Candidate[] {
  const { link } = row;
  if (link?.kind !== 'pair') return [];
  const list = reply[link.list];
  if (!Array.isArray(list)) return [];
  return list
    .filter(isMembers)
    .filter((element) => element[link.field] !== current && link.withField in element)
    .map((element) => ({ value: element[link.field], companions: { [link.with]: element[link.withField] }, certain: true }));
}

/** Both ends of a documented range; null where the table leaves one open. */
export const rangeEnds = (type: Type): readonly [number, number] | null =>
  type.kind === 'number' && type.min !== undefined && type.max !== undefined ? [type.min, type.max] : null;

export const members = (type: Type): readonly number[] => (type.kind === 'choice' ? Object.keys(type.values).map(Number) : []);

export const aboveRange = (type: Type): number | null => (type.kind === 'number' && type.max !== undefined ? type.max + 1 : null);
export const belowRange = (type: Type): number | null => (type.kind === 'number' && type.min !== undefined ? type.min - 1 : null);

/** The smallest number from 1 on that the enumeration does not have: a hole in it, or the one behind its end. */
export function outsideEnumeration(type: Type): number | null {
  if (type.kind !== 'choice') return null;
  let value = 1;
  while (value in type.values || type.also?.includes(value)) value += 1;
  return value;
}

/** Of an enumeration with a hole, the number behind its last member: who knows the holes may still store any larger one. */
export function aboveEnumeration(type: Type): number | null {
  if (type.kind !== 'choice') return null;
  const value = Math.max(...Object.keys(type.values).map(Number), ...(type.also ?? [])) + 1;
  return value === outsideEnumeration(type) ? null : value;
}

/** The number in front of the least member of an enumeration, where an example has not that. */
export function belowEnumeration(type: Type): number | null {
  if (type.kind !== 'choice') return null;
  const value = Math.min(...Object.keys(type.values).map(Number)) - 1;
  return type.also?.includes(value) ? null : value;
}

/** A value of another JSON type than the documented one. */
export const wrongType = (type: Type): unknown => (type.kind === 'number' || type.kind === 'choice' ? 'conf' : type.kind === 'text' ? 12345 : 'conf');

/** Texts that a user might type and a camera might mangle, by class; each is short, so that no length limit is met. */
export const SPECIAL_TEXTS = {
  chinese: '中文标题',
  quotes: `a"b'c`,
  backslash: 'a\\b',
  'url-characters': 'a&b+c%d%41',
  blanks: ' a b ',
} as const;
