/** What holds for all sections: their order, and that each name and value of an example has its row. */
import { describe, expect, test } from 'vitest';
import { SECTIONS } from './index.ts';
import type { Command, Row, Section, Settings, Type } from './notation.ts';

type Example = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Example => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What of a value its type does not know, as paths. */
function strangers(type: Type, value: unknown, path: string): string[] {
  switch (type.kind) {
    case 'number': {
      const inside = typeof value === 'number' && value >= (type.min ?? -Infinity) && value <= (type.max ?? Infinity);
      return inside ? [] : [`${path} = ${value}`];
    }
    case 'choice':
      return typeof value === 'number' && (value in type.values || type.also?.includes(value)) ? [] : [`${path} = ${value}`];
    case 'text':
      return typeof value === 'string' ? [] : [`${path} = ${value}`];
    case 'list':
      if (!Array.isArray(value)) return [`${path} is no array`];
      if (type.length !== undefined && value.length !== type.length) return [`${path} has ${value.length} elements`];
      return value.flatMap((each, index) => unknownNames(type.of, each, `${path}[${index}]`));
    case 'week':
      if (!Array.isArray(value) || value.length !== type.days) return [`${path} is no week`];
      return value.flatMap((entry, day) => {
        const periods = isObject(entry) ? entry[`day_${day}`] : undefined;
        if (!Array.isArray(periods) || periods.length !== type.periods) return [`${path}[${day}] has not ${type.periods} periods`];
        return periods.flatMap((each, index) => unknownNames(type.of, each, `${path}[${day}][${index}]`));
      });
  }
}

function unknownNames(rows: readonly Row[], value: unknown, path: string): string[] {
  if (!isObject(value)) return [`${path} is no object`];
  return Object.entries(value).flatMap(([name, member]) => {
    const row = rows.find((each) => each.name === name || each.alias === name);
    return row === undefined ? [`${path}.${name}`] : strangers(row.type, member, `${path}.${name}`);
  });
}

const namesOf = (rows: readonly Row[]): string[] => rows.map((each) => each.name);
const repeated = (words: readonly string[]): string[] => words.filter((word, index) => words.indexOf(word) !== index);

/** Several sections share one action pair, and its example replies show the parameters of all of them. */
function replyRowsOf(part: Settings | Command): readonly Row[] {
  if (part.kind === 'command') return part.replies ?? [];
  const sharing = SECTIONS.flatMap((section) => section.parts).filter((other) => other.kind === 'settings' && other.get === part.get);
  return [...part.rows, ...sharing.flatMap((other) => other.rows)];
}

function inExamples(part: Settings | Command): string[] {
  const requests = (part.example.requests ?? []).filter((each) => each !== null);
  const replyRows = replyRowsOf(part);
  const action = part.kind === 'settings' ? part.get : part.action;
  return [
    ...requests.flatMap((each) => unknownNames(part.rows, each, `${action} request`)),
    ...(part.example.reply === undefined ? [] : unknownNames(replyRows, part.example.reply, `${action} reply`)),
  ];
}

function rowFaults(rows: readonly Row[]): string[] {
  const names = namesOf(rows);
  return rows.flatMap((row) => {
    const named = [...Object.keys(row.when ?? {}), ...linked(row)];
    const faults = named.filter((name) => !names.includes(name)).map((name) => `${row.name} names ${name}`);
    return row.type.kind === 'list' || row.type.kind === 'week' ? [...faults, ...repeated(namesOf(row.type.of)), ...rowFaults(row.type.of)] : faults;
  });
}

function linked(row: Row): string[] {
  if (row.link === undefined) return [];
  return row.link.kind === 'pair' ? [row.link.list, row.link.with] : [row.link.limit];
}

describe('sections', () => {
  test('are 1 to 42 in order, each with a slug of its own', () => {
    expect(SECTIONS.map((section) => section.number)).toEqual(Array.from({ length: 42 }, (_, index) => index + 1));
    expect(repeated(SECTIONS.map((section) => section.slug))).toEqual([]);
  });

  test.each(SECTIONS.map((section): [string, Section] => [section.slug, section]))('%s has a row for each example', (_, section) => {
    expect(section.parts.flatMap(inExamples)).toEqual([]);
  });

  test.each(SECTIONS.map((section): [string, Section] => [section.slug, section]))('%s has each name and id once', (_, section) => {
    expect(section.parts.flatMap((part) => [...repeated(namesOf(part.rows)), ...rowFaults(part.rows)])).toEqual([]);
    expect(repeated(section.clauses.map((clause) => clause.id))).toEqual([]);
  });
});
