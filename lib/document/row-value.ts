/**
 * What the value of a row looks like inside a reply: lists and weeks as flat elements, and where to find a row at all.
 * Pure functions over data; judging is elsewhere.
 */
import type { ListType, Row, Settings, WeekType } from './notation.ts';

export type Members = Readonly<Record<string, unknown>>;
type Elements = readonly Members[];

export const isMembers = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The spelling under which a reply shows a row; undefined when it shows neither. */
export function spellingIn(row: Row, reply: Members): string | undefined {
  if (Object.hasOwn(reply, row.name)) return row.name;
  return row.alias !== undefined && Object.hasOwn(reply, row.alias) ? row.alias : undefined;
}

/** A row's value in a reply, whichever of its spellings the reply uses. */
export function valueIn(row: Row, reply: Members): unknown {
  const spelling = spellingIn(row, reply);
  return spelling === undefined ? undefined : reply[spelling];
}

export const isSettable = (row: Row): boolean => row.access[1] !== '-';
export const isNecessary = (row: Row): boolean => row.access[1] === 'Y';
export const isReturned = (row: Row): boolean => row.access[0] !== '-';
/** Whether the get shows the row: by its table, or by its example alone. */
export const isShown = (row: Row, { example }: Pick<Settings, 'example'>): boolean => isReturned(row) || spellingIn(row, example.reply) !== undefined;
/** Whether one of the document's two tables lists the row (and not only an example). */
export const isDocumented = (row: Row): boolean => row.access !== '--';

/** Its set lists it, and its get calls it not settable: what depends on that is a should. */
export const isContradicted = ({ access }: Row): boolean => access === 'NN';

/** How many elements of a list or week are judged; the rest may be anything. */
export function judgedLength(type: ListType | WeekType, elements: Elements): number {
  if (type.kind === 'week') return type.days * type.periods;
  return Math.min(type.judged ?? Number.POSITIVE_INFINITY, type.length ?? elements.length);
}

/** The name of an element as findings and check ids show it: `title_list[3]`, `schedule_list.day_6[0]`. */
export function elementName(row: Row, index: number): string {
  if (row.type.kind !== 'week') return `${row.name}[${index}]`;
  const { periods } = row.type;
  return `${row.name}.day_${Math.floor(index / periods)}[${index % periods}]`;
}

/** A list's or week's elements in a row; null when the value does not have that shape. */
export function elementsOf(type: ListType | WeekType, value: unknown): Elements | null {
  if (!Array.isArray(value)) return null;
  if (type.kind === 'list') return value.every(isMembers) ? value : null;
  if (value.length !== type.days) return null;
  const elements: Members[] = [];
  for (const [day, entry] of value.entries()) {
    const periods = isMembers(entry) ? entry[`day_${day}`] : undefined;
    if (!Array.isArray(periods) || periods.length !== type.periods || !periods.every(isMembers)) return null;
    elements.push(...periods);
  }
  return elements;
}

/** The inverse of `elementsOf`. */
export function fromElements(type: ListType | WeekType, elements: Elements): unknown {
  if (type.kind === 'list') return elements;
  return Array.from({ length: type.days }, (_, day) => ({ [`day_${day}`]: elements.slice(day * type.periods, (day + 1) * type.periods) }));
}

/** An element without what the document does not know of it: a set need not take that back. */
export const documentedMembers = ({ of }: ListType | WeekType, element: Members): Members =>
  Object.fromEntries(Object.entries(element).filter(([name]) => of.some((leaf) => leaf.name === name || leaf.alias === name)));

/** The value of a row without what the document does not know in the elements of a list: a set may be refused for it. */
export function withoutExtras({ type }: Row, value: unknown): unknown {
  if (type.kind !== 'list' && type.kind !== 'week') return value;
  const elements = elementsOf(type, value);
  if (elements === null) return value;
  return fromElements(
    type,
    elements.map((element) => documentedMembers(type, element)),
  );
}

/** Whether a reply shows a value as it was sent: of a list, its judged elements with the members that were sent. */
export function showsValue({ type }: Row, shown: unknown, sent: unknown): boolean {
  if (type.kind !== 'list' && type.kind !== 'week') return isSameValue(shown, sent);
  const [has, wanted] = [elementsOf(type, shown), elementsOf(type, sent)];
  if (has === null || wanted === null) return isSameValue(shown, sent);
  return wanted
    .slice(0, judgedLength(type, wanted))
    .every((element, index) => Object.entries(element).every(([name, value]) => isSameValue(has[index]?.[name], value)));
}

/** Whether two values of a reply are the same setting: objects regardless of the order of their members. */
export function isSameValue(a: unknown, b: unknown): boolean {
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((value, index) => isSameValue(value, b[index]));
  if (isMembers(a)) {
    if (!isMembers(b)) return false;
    const names = Object.keys(a);
    return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && isSameValue(a[name], b[name]));
  }
  return Object.is(a, b) || (a === 0 && b === 0);
}
