/**
 * Judges one value against one row: is it of the documented type, and does it lie in the documented range or
 * enumeration? Every answer names the path, so that a finding about `title_list[2].title_pos_x` says so.
 */
import type { Row, Type } from '../document/notation.ts';
import { elementName, elementsOf, isMembers, judgedLength } from '../document/row-value.ts';
import { type Finding, finding } from './finding.ts';

/** `strict` also refuses the values outside their own table that the document's examples show. */
export type Profile = 'default' | 'strict';

const MASK = '***';

/** A value as a finding quotes it; that of a secret row stays hidden. */
export function quote(row: Row, value: unknown): string {
  if (value === undefined) return 'nothing';
  if (row.secret && value !== '') return typeof value === 'string' ? `a text of ${value.length} characters (hidden)` : MASK;
  const json = JSON.stringify(value);
  return json.length > 300 ? `${json.slice(0, 300)}… (${json.length} characters)` : json;
}

/** What the document says a value may be, in words. */
export function documented(type: Type): string {
  switch (type.kind) {
    case 'number':
      if (type.min !== undefined && type.max !== undefined) return `a number from ${type.min} to ${type.max}`;
      return type.min === undefined ? 'a number' : `a number, at least ${type.min}`;
    case 'choice':
      return `one of ${Object.entries(type.values)
        .map(([value, label]) => (label === value ? value : `${value} (${label})`))
        .join(', ')}`;
    case 'text':
      return type.fixed === undefined ? 'a text' : `the text "${type.fixed}"`;
    case 'list':
      return type.length === undefined ? 'a list of objects' : `a list of ${type.length} objects`;
    case 'week':
      return `a list of ${type.days} days day_0 to day_${type.days - 1} with ${type.periods} periods each`;
  }
}

/** The JSON type that a documented value has, in words. */
export function jsonType({ kind }: Type): string {
  if (kind === 'number' || kind === 'choice') return 'a number';
  return kind === 'text' ? 'a text' : 'a list';
}

/** The type of the value itself, not looking into lists' elements. */
export function typeFindings(row: Row, path: string, value: unknown): Finding[] {
  const { type } = row;
  const right =
    type.kind === 'number' || type.kind === 'choice'
      ? typeof value === 'number' && Number.isFinite(value)
      : type.kind === 'text'
        ? typeof value === 'string'
        : type.kind === 'list'
          ? Array.isArray(value) && value.every(isMembers)
          : elementsOf(type, value) !== null;
  return right ? [] : [finding(`${path} is ${documented(type)}`, `${path} is ${quote(row, value)}`)];
}

/** Whether a number or text of the right type has a documented value. */
export function valueFindings(row: Row, path: string, value: unknown, profile: Profile): Finding[] {
  return isDocumentedValue(row.type, value, profile) ? [] : [finding(`${path} is ${documented(row.type)}`, `${path} is ${quote(row, value)}`)];
}

export function isDocumentedValue(type: Type, value: unknown, profile: Profile): boolean {
  switch (type.kind) {
    case 'number':
      return typeof value === 'number' && value >= (type.min ?? Number.NEGATIVE_INFINITY) && value <= (type.max ?? Number.POSITIVE_INFINITY);
    case 'choice':
      return typeof value === 'number' && (value in type.values || (profile === 'default' && (type.also?.includes(value) ?? false)));
    case 'text':
      return typeof value === 'string' && (type.fixed === undefined || value === type.fixed);
    case 'list':
      return Array.isArray(value) && (type.length === undefined || value.length === type.length);
    case 'week':
      return elementsOf(type, value) !== null;
  }
}

/** Everything that is wrong with a value and what is inside it. */
export function allFindings(row: Row, value: unknown, profile: Profile): Finding[] {
  const findings = typeFindings(row, row.name, value);
  if (findings.length > 0) return findings;
  const own = valueFindings(row, row.name, value, profile);
  const { type } = row;
  if (type.kind !== 'list' && type.kind !== 'week') return own;
  const elements = elementsOf(type, value) ?? [];
  const inside = elements.slice(0, judgedLength(type, elements)).flatMap((element, index) =>
    type.of.flatMap((leaf) => {
      if (!Object.hasOwn(element, leaf.name)) return [];
      const path = `${elementName(row, index)}.${leaf.name}`;
      const wrongType = typeFindings(leaf, path, element[leaf.name]);
      return wrongType.length > 0 ? wrongType : valueFindings(leaf, path, element[leaf.name], profile);
    }),
  );
  return [...own, ...inside];
}
