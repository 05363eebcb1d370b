/** Settles what an attempt leaves open by what the camera shows now: what it offers, links, conditions, lists as they are. */
import { necessaryMembers } from '../camera/necessary.ts';
import type { Row } from '../document/notation.ts';
import { elementsOf, fromElements, isMembers, type Members, spellingIn, valueIn } from '../document/row-value.ts';
import type { Target } from './targets.ts';

/** The values of a legal set as they are sent: by the names that the camera uses, without what does not apply. */
export function settleLegal({ part, rows }: Target, values: Members, now: Members): Members {
  const settled = new Map<Row, unknown>();
  for (const row of rows) {
    if (!Object.hasOwn(values, row.name) || spellingIn(row, now) === undefined) continue;
    if (row.link?.kind === 'pair') {
      settlePair(row, Number(values[row.name]), rows, now, settled);
      continue;
    }
    const value = settleValue(row, values[row.name], now);
    if (value !== undefined) settled.set(row, value);
  }
  // What a condition rules out may be refused, and may itself be the condition of another: until nothing changes any more.
  for (;;) {
    const view: Members = { ...now, ...byName(settled) };
    const idle = [...settled.keys()].filter((row) => !applies(row, view, part.rows));
    if (idle.length === 0) break;
    for (const row of idle) settled.delete(row);
  }
  return Object.fromEntries([...settled].map(([row, value]) => [spellingIn(row, now) ?? row.name, value]));
}

const byName = (settled: ReadonlyMap<Row, unknown>): Members => Object.fromEntries([...settled].map(([row, value]) => [row.name, value]));

/** Both parameters of a pair, as one of the elements of its list has them. */
function settlePair(row: Row, pick: number, rows: readonly Row[], now: Members, settled: Map<Row, unknown>): void {
  const { link } = row;
  if (link?.kind !== 'pair') return;
  const partner = rows.find(({ name }) => name === link.with);
  const list = now[link.list];
  const pairs = Array.isArray(list) ? list.filter(isMembers) : [];
  const pair = pairs[pick % Math.max(1, pairs.length)];
  if (pair === undefined || partner?.link?.kind !== 'pair' || spellingIn(partner, now) === undefined) return;
  settled.set(row, pair[link.field]);
  settled.set(partner, pair[partner.link.field]);
}

/** Undefined where the camera's reply leaves nothing to set. */
function settleValue(row: Row, value: unknown, now: Members): unknown {
  const { type, link } = row;
  if (link?.kind === 'at-most') {
    const limit = now[link.limit];
    return typeof limit === 'number' ? Math.min(Number(value), limit) : value;
  }
  if (type.kind !== 'list' && type.kind !== 'week') return value;
  const present = elementsOf(type, valueIn(row, now));
  const wanted = elementsOf(type, value);
  if (present === null || wanted === null || present.length === 0) return undefined;
  const judged = type.kind === 'list' ? (type.judged ?? present.length) : present.length;
  return fromElements(
    type,
    present.map((element, index) => (index < judged ? { ...element, ...offeredIn(element, wanted[index % wanted.length] ?? {}) } : element)),
  );
}

const offeredIn = (element: Members, wanted: Members): Members =>
  Object.fromEntries(Object.entries(wanted).filter(([name]) => Object.hasOwn(element, name)));

/** Whether a row's condition holds, and those of the parameters that it names. */
export function applies(row: Row, view: Members, rows: readonly Row[]): boolean {
  return Object.entries(row.when ?? {}).every(([name, allowed]) => {
    const governor = rows.find((other) => other.name === name);
    const holds = typeof allowed === 'number' ? view[name] === allowed : allowed.includes(view[name] as number);
    return holds && (governor === undefined || applies(governor, view, rows));
  });
}

/** A set's JSON text: what selects and what is necessary, then parameters as JSON text, which may be none that could be parsed into a value. */
export function textOf({ part, instance }: Target, now: Members, named: Readonly<Record<string, string>>): string {
  const around: Members = { ...instance.select, ...necessaryMembers(part, now, instance.select) };
  const kept = Object.entries(around).filter(([name]) => !Object.hasOwn(named, name));
  const texts = [...kept.map(([name, value]) => [name, JSON.stringify(value)] as const), ...Object.entries(named)];
  return `{${texts.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`;
}
