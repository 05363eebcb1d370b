/**
 * Whether a set request is accepted, and what it stores: names, necessity, types, ranges, lists, links and conditions as
 * the rows state them. Pure; a request is taken whole or not at all.
 */
import type { ListType, Row, Type, WeekType } from '../document/notation.ts';
import { isMembers, type Members, spellingIn } from '../document/row-value.ts';
import { defaultOf, startElement } from './defaults.ts';

/** 1.3: `parameter does not exist`. */
export const MISSING_CODE = 201;
/** 1.3: `the parameter is invalid`. */
export const ILLEGAL_CODE = 205;
/** Longest text that the camera keeps, in bytes of UTF-8. */
export const MAX_TEXT_BYTES = 255;

export type Verdict =
  | { readonly kind: 'accepted'; readonly changes: Members }
  | { readonly kind: 'refused'; readonly code: typeof MISSING_CODE | typeof ILLEGAL_CODE; readonly name: string };

export interface Target {
  /** the rows of each part that shares the action; with several, necessity counts only in the parts that a request touches */
  readonly parts: readonly (readonly Row[])[];
  /** what is stored now, under the rows' own names */
  readonly values: Members;
  /** necessary rows that may be left out all the same */
  readonly excused?: ReadonlySet<string>;
}

type Accepted = { readonly value: unknown } | null;

/** A set table lists it, or the get table calls it settable. */
export const isWritable = (row: Row): boolean => row.access[1] !== '-' || row.access[0] === 'Y';

export function accept({ parts, values, excused }: Target, json: Members): Verdict {
  const missing = parts.flatMap((rows) => missingIn(rows, json, parts.length > 1)).find((row) => !excused?.has(row.name));
  if (missing) return { kind: 'refused', code: MISSING_CODE, name: missing.name };

  const rows = new Map(parts.flat().map((row) => [row.name, row]));
  const sent = new Map<Row, unknown>();
  for (const row of rows.values()) {
    const spelling = isWritable(row) ? spellingIn(row, json) : undefined;
    if (spelling !== undefined) sent.set(row, json[spelling]);
  }
  const view: Record<string, unknown> = { ...values };
  for (const [row, value] of sent) view[row.name] = value;

  const changes: Record<string, unknown> = {};
  for (const [row, value] of sent) {
    if (!holds(row, view, rows)) continue;
    const judged = judge(row.type, value, values[row.name]);
    if (!judged) return { kind: 'refused', code: ILLEGAL_CODE, name: row.name };
    changes[row.name] = judged.value;
  }
  const after = { ...values, ...changes };
  const unlinked = [...rows.values()].find((row) => row.name in changes && !isLinked(row, after, rows));
  return unlinked ? { kind: 'refused', code: ILLEGAL_CODE, name: unlinked.name } : { kind: 'accepted', changes };
}

function missingIn(rows: readonly Row[], json: Members, shared: boolean): readonly Row[] {
  if (shared && !rows.some((row) => isWritable(row) && spellingIn(row, json) !== undefined)) return [];
  return rows.filter((row) => row.access[1] === 'Y' && spellingIn(row, json) === undefined);
}

/** Whether a row's condition holds, and those of the parameters that it names. */
export function holds(row: Row, view: Members, rows: ReadonlyMap<string, Row>): boolean {
  return Object.entries(row.when ?? {}).every(([name, allowed]) => {
    const value = view[name];
    const matches = typeof allowed === 'number' ? value === allowed : allowed.includes(value as number);
    const condition = rows.get(name);
    return matches && (!condition || holds(condition, view, rows));
  });
}

function isLinked({ name, link }: Row, after: Members, rows: ReadonlyMap<string, Row>): boolean {
  if (!link) return true;
  if (link.kind === 'at-most') return typeof after[link.limit] !== 'number' || (after[name] as number) <= (after[link.limit] as number);
  const elements = after[link.list];
  if (!Array.isArray(elements)) return true;
  const partner = rows.get(link.with)?.link;
  if (partner?.kind !== 'pair') return true;
  return elements.some((element) => isMembers(element) && element[link.field] === after[name] && element[partner.field] === after[link.with]);
}

/** The value to store for one that was sent, null when it is illegal. */
export function judge(type: Type, value: unknown, stored: unknown): Accepted {
  switch (type.kind) {
    case 'number':
      return judgeNumber(type.min, type.max, value);
    case 'choice':
      return typeof value === 'number' && (Object.hasOwn(type.values, value) || type.also?.includes(value)) ? { value } : null;
    case 'text':
      if (typeof value !== 'string' || (type.fixed !== undefined && value !== type.fixed)) return null;
      return Buffer.byteLength(value) <= MAX_TEXT_BYTES ? { value } : null;
    case 'list':
      return judgeList(type, value, stored);
    case 'week':
      return judgeWeek(type, value, stored);
  }
}

/**
 * A range also takes fractions, which are rounded: the document's own examples (29.2, 30.2, 31.2) send 123.99999999999999.
 */
function judgeNumber(min: number | undefined, max: number | undefined, value: unknown): Accepted {
  if (typeof value !== 'number' || !Number.isFinite(value)) return null;
  if (min === undefined && max === undefined) return Number.isSafeInteger(value) && value >= 0 ? { value } : null;
  const inside = value >= (min ?? Number.NEGATIVE_INFINITY) && value <= (max ?? Number.MAX_SAFE_INTEGER);
  return inside ? { value: Math.round(value) } : null;
}

/** A shorter list leaves the further elements as they are, an element those of its members that it does not name. */
function judgeList(type: ListType, value: unknown, stored: unknown): Accepted {
  if (!Array.isArray(value) || value.length > (type.length ?? MAX_ELEMENTS)) return null;
  const kept = Array.isArray(stored) ? stored : (defaultOf(type) as unknown[]);
  const elements = [...kept].slice(0, type.length ?? value.length);
  return mergeElements(type.of, elements, value) ? { value: elements } : null;
}

const MAX_ELEMENTS = 64;

/** Days are told apart by their key, so a request may send some days only. */
function judgeWeek(type: WeekType, value: unknown, stored: unknown): Accepted {
  if (!Array.isArray(value) || value.length > type.days) return null;
  const days = [...((Array.isArray(stored) ? stored : defaultOf(type)) as Members[])];
  for (const entry of value) {
    if (!isMembers(entry)) return null;
    const keys = Object.keys(entry).filter((key) => /^day_\d+$/.test(key));
    if (keys.length === 0) return null;
    for (const key of keys) {
      const day = Number(key.slice('day_'.length));
      const sent = entry[key];
      if (day >= type.days || !Array.isArray(sent) || sent.length > type.periods) return null;
      const periods = [...((days[day]?.[key] ?? []) as unknown[])];
      if (!mergeElements(type.of, periods, sent)) return null;
      days[day] = { [key]: periods };
    }
  }
  return { value: days };
}

/** Puts what was sent over the elements; false when something is illegal. */
function mergeElements(rows: readonly Row[], elements: unknown[], sent: readonly unknown[]): boolean {
  for (const [index, element] of sent.entries()) {
    if (!isMembers(element)) return false;
    const stored = elements[index];
    const merged: Record<string, unknown> = isMembers(stored) ? { ...stored } : startElement(rows, {});
    for (const row of rows) {
      const spelling = isWritable(row) ? spellingIn(row, element) : undefined;
      if (spelling === undefined) continue;
      const judged = judge(row.type, element[spelling], merged[row.name]);
      if (!judged) return false;
      merged[row.name] = judged.value;
    }
    elements[index] = merged;
  }
  return true;
}
