/**
 * Judges one value against one row: is it of the documented type, and does it lie in the documented range or
 * enumeration? Every answer names the path, so that a finding about `title_list[2].title_pos_x` says so.
 */
import type { Row, Type } from '../../document/notation.ts';
import { elementName, elementsOf, judgedLength } from '../../document/row-value.ts';
import { type Finding, finding } from '../../results/finding.ts';
import { type Profile, remembered, typeSchema, valueSchema } from '../actions/reply-schema.ts';
import { counted } from '../quantities.ts';
import { isTestText } from './test-texts.ts';

export type { Profile } from '../actions/reply-schema.ts';

const MASK = '***';

/** A value as a finding quotes it; that of a secret row stays hidden, unless it is what checks send. */
export function quote(row: Row, value: unknown): string {
  if (value === undefined) return 'nothing';
  if (row.secret && value !== '' && !isTestText(value))
    return typeof value === 'string' ? `a text of ${counted(value.length, 'character')} (hidden)` : MASK;
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
      return `one of ${choices(type.values)}`;
    case 'text':
      return type.fixed === undefined ? 'a text' : `the text "${type.fixed}"`;
    case 'list':
      return type.length === undefined ? 'a list of objects' : `a list of ${type.length} objects`;
    case 'week':
      return `a list of ${type.days} days day_0 to day_${type.days - 1} with ${type.periods} periods each`;
  }
}

/** A longer enumeration without holes is told by its ends. */
const MOST_CHOICES = 16;

function choices(values: Readonly<Record<number, string>>): string {
  const all = Object.entries(values).map(([value, label]) => (label === value ? value : `${value} (${label})`));
  const numbers = Object.keys(values).map(Number);
  const hasHoles = Math.max(...numbers) - Math.min(...numbers) !== numbers.length - 1;
  return all.length <= MOST_CHOICES || hasHoles ? all.join(', ') : `${all[0]} to ${all.at(-1)}`;
}

/** The JSON type that a documented value has, in words. */
export function jsonType({ kind }: Type): string {
  if (kind === 'number' || kind === 'choice') return 'a number';
  return kind === 'text' ? 'a text' : 'a list';
}

/** The type of the value itself, not looking into lists' elements. */
export function typeFindings(row: Row, path: string, value: unknown): Finding[] {
  const right = ofType(row.type).safeParse(value).success;
  return right ? [] : [finding(`${path} is ${documented(row.type)}`, `${path} is ${quote(row, value)}`)];
}

const ofType = remembered(typeSchema);
const ofValue = {
  default: remembered((type) => valueSchema(type, 'default')),
  strict: remembered((type) => valueSchema(type, 'strict')),
};

/** Whether a number or text of the right type has a documented value. */
export function valueFindings(row: Row, path: string, value: unknown, profile: Profile): Finding[] {
  return isDocumentedValue(row.type, value, profile) ? [] : [finding(`${path} is ${documented(row.type)}`, `${path} is ${quote(row, value)}`)];
}

export function isDocumentedValue(type: Type, value: unknown, profile: Profile): boolean {
  return ofValue[profile](type).safeParse(value).success;
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
