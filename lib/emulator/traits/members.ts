/** What traits change in requests and replies, by the rows of the document. */
import { SECTIONS } from '../../document/index.ts';
import type { Row, Settings, Type } from '../../document/notation.ts';
import { isNecessary, isSettable, type Members } from '../../document/row-value.ts';
import { ENVELOPE } from '../../document/sections/01-generic.ts';
import type { Habits } from '../habits.ts';

export const PARTS: readonly Settings[] = SECTIONS.flatMap(({ parts }) => parts.filter((part) => part.kind === 'settings'));
const rowsBy = (key: 'get' | 'set'): ReadonlyMap<string, readonly Row[]> =>
  new Map(PARTS.map((part) => [part[key] ?? '', PARTS.filter((other) => other[key] === part[key]).flatMap(({ rows }) => rows)]));
export const ROWS_OF_SET = rowsBy('set');
export const ROWS_OF_GET = rowsBy('get');
/** 23.5 and 23.6: takes the place of all parameters, and is no row. */
export const RESTORES = 'set_default';

/** Changes the members of each set. */
export const setting = (change: (rows: readonly Row[], members: Members) => Members): Habits => ({
  tamper: {
    request: (action, json) => {
      const rows = ROWS_OF_SET.get(action);
      const members = rows === undefined ? undefined : parsed(json);
      return rows === undefined || members === undefined ? json : JSON.stringify(change(rows, members));
    },
  },
});

export function parsed(json: string | undefined): Members | undefined {
  try {
    const value: unknown = JSON.parse(json ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : undefined;
  } catch {
    return undefined;
  }
}

export const rowNamed = (rows: readonly Row[], name: string): Row | undefined => rows.find((row) => row.name === name || row.alias === name);

export const changeEach = (change: (row: Row, value: unknown) => unknown) =>
  setting((rows, members) =>
    Object.fromEntries(
      Object.entries(members).map(([name, value]) => {
        const row = rowNamed(rows, name);
        return [name, row === undefined ? value : within(row, value, change)];
      }),
    ),
  );

/** The value, or those of the elements where it is a list. */
function within(row: Row, value: unknown, change: (row: Row, value: unknown) => unknown): unknown {
  const { type } = row;
  if (type.kind !== 'list' || !Array.isArray(value)) return change(row, value);
  return value.map((element: unknown) => {
    if (typeof element !== 'object' || element === null) return element;
    return Object.fromEntries(
      Object.entries(element).map(([name, each]) => {
        const leaf = rowNamed(type.of, name);
        return [name, leaf === undefined ? each : change(leaf, each)];
      }),
    );
  });
}

/** The nearest documented value. */
export function clamped(type: Type, value: unknown): unknown {
  if (typeof value !== 'number') return value;
  if (type.kind === 'number') return Math.min(type.max ?? value, Math.max(type.min ?? value, value));
  if (type.kind !== 'choice' || type.also?.includes(value)) return value;
  const members = Object.keys(type.values).map(Number);
  return members.reduce((best, each) => (Math.abs(each - value) < Math.abs(best - value) ? each : best));
}

/** Actions that a model does without, each answered in the same way. */
export const lacking = (answer: number | 'text', lacks: (action: string, json: Members | null) => boolean): Habits => ({
  tamper: { refuses: (action, json) => (lacks(action, json) ? answer : null) },
});

export const actionsOf = (...numbers: readonly number[]): ReadonlySet<string> =>
  new Set(
    SECTIONS.filter(({ number }) => numbers.includes(number)).flatMap(({ parts }) =>
      parts.flatMap((part) => (part.kind === 'settings' ? [part.get, ...(part.set === undefined ? [] : [part.set])] : [part.action])),
    ),
  );

export const withoutSections = (answer: number | 'text', ...numbers: readonly number[]): Habits => {
  const actions = actionsOf(...numbers);
  return lacking(answer, (action) => actions.has(action));
};

const ENVELOPE_NAMES: ReadonlySet<string> = new Set(ENVELOPE.map(({ name }) => name));

/** Every second parameter that nothing hangs on: not necessary, no condition of others, not tied to another one. */
export function spared(rows: readonly Row[]): ReadonlySet<string> {
  const governing = new Set(rows.flatMap((row) => Object.keys(row.when ?? {})));
  const tied = new Set(rows.flatMap(({ link }) => (link?.kind === 'pair' ? [link.with, link.list] : link ? [link.limit] : [])));
  const free = rows.filter(
    (row) =>
      isSettable(row) &&
      !isNecessary(row) &&
      !row.link &&
      !row.held &&
      !governing.has(row.name) &&
      !tied.has(row.name) &&
      !ENVELOPE_NAMES.has(row.name),
  );
  return new Set(free.filter((_, index) => index % 2 === 1).flatMap(({ name, alias }) => [name, alias ?? name]));
}

export const without = (members: Members, names: ReadonlySet<string>): Members =>
  Object.fromEntries(Object.entries(members).filter(([name]) => !names.has(name)));
