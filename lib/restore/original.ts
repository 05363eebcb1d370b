/** What one get showed before a run changed anything, and how that is compared with what it shows now. Nothing is sent here. */
import { necessaryMembers } from '../camera/necessary.ts';
import type { Outcome } from '../camera/outcome.ts';
import type { Condition, Instance, Row, Section, Settings } from '../document/notation.ts';
import { elementsOf, fromElements, isMembers, isSettable, type Members, spellingIn, valueIn, withoutExtras } from '../document/row-value.ts';
import { ENVELOPE, ENVELOPE_EXTRAS } from '../document/sections/01-generic.ts';
import { ExactNumber, isSameExactly, parseExact } from '../wire/exact-json.ts';
import { withoutPadding } from '../wire/without-end.ts';
import { clockDifference, isJudgedClock } from './clock.ts';
import type { Difference } from './difference.ts';
import { hostTime } from './host-time.ts';
import type { OriginalItem } from './journal-entry.ts';

export interface Original {
  readonly parts: readonly Settings[];
  readonly rows: readonly Row[];
  readonly instance: Instance;
  readonly item: OriginalItem;
  /** its values, digit by digit; what another hand changed is taken over */
  readonly reply: Members;
  /** how often what cannot be set was seen to change, by name: what does so again and again does it by itself */
  readonly changes: Map<string, number>;
}

export const originalOf = (sections: readonly Section[], item: OriginalItem): Original | null => {
  const parts = partsSharing(sections, item.get);
  if (parts.length === 0) return null;
  const known = parts.flatMap((part) => part.instances ?? []).find(({ select }) => isSameExactly(select, item.select));
  const rows = [...new Map(parts.flatMap((part) => part.rows).map((row) => [row.name, row])).values()];
  return { parts, rows, instance: known ?? { label: '', select: item.select }, item, reply: item.reply, changes: new Map() };
};

export const itemOf = (parts: readonly Settings[], { select }: Instance, reply: Members): OriginalItem => ({
  kind: 'original',
  get: parts[0]?.get ?? '',
  select,
  reply: withoutEnvelope(parts, reply),
  at: hostTime(),
});

const ENVELOPE_NAMES: ReadonlySet<string> = new Set([...ENVELOPE.map(({ name }) => name), ...ENVELOPE_EXTRAS]);

/** What a get shows beside the envelope; some list members of it as their own. */
function withoutEnvelope(parts: readonly Settings[], reply: Members): Members {
  const own = new Set(parts.flatMap(({ rows }) => rows.map(({ name }) => name)));
  return Object.fromEntries(Object.entries(reply).filter(([name]) => own.has(name) || !ENVELOPE_NAMES.has(name)));
}

/** A reply with the digits that came over the wire. */
export function exactReply({ reply, answer }: Outcome & { kind: 'done' }): Members {
  const text = withoutPadding(
    Buffer.from(answer.bytes)
      .toString('utf8')
      .replace(/^\ufeff/, ''),
  );
  try {
    const exact = parseExact(text);
    return isMembers(exact) ? exact : reply;
  } catch {
    return reply;
  }
}

/** The rows whose value is not the original one, settable or not. What changes by itself is left out. */
export const changedRows = ({ rows, reply, changes }: Original, now: Members): readonly Row[] =>
  rows.filter(
    (row) =>
      row.volatile === undefined &&
      (isSettable(row) || !isRestless(changes, row.name)) &&
      spellingIn(row, reply) !== undefined &&
      isChanged(row, reply, now),
  );

const CHANGES_OF_RESTLESS = 2;
const isRestless = (changes: Original['changes'], name: string): boolean => (changes.get(name) ?? 0) >= CHANGES_OF_RESTLESS;

/** Counts what no set can have changed from one reading to the next. */
export function noteRestless({ rows, changes }: Original, before: Members, now: Members): void {
  for (const [name, value] of Object.entries(now)) {
    if (value === before[name] || typeof value === 'object') continue;
    if (!rows.some((row) => (row.name === name || row.alias === name) && isSettable(row))) changes.set(name, (changes.get(name) ?? 0) + 1);
  }
}

export const settableRows = (rows: readonly Row[]): readonly Row[] => rows.filter((row) => isSettable(row) && row.volatile === undefined);

/** What a get shows that the document does not know, and that shows otherwise now. */
const changedStrangers = ({ rows, reply, changes }: Original, now: Members): readonly string[] => {
  const known = new Set(rows.flatMap(({ name, alias }) => [name, alias]));
  return Object.keys(reply).filter((name) => !known.has(name) && !isRestless(changes, name) && !isSameExactly(reply[name], now[name]));
};

/** Whether two replies show the same, but for what changes by itself. */
export const isSameReply = (original: Original, now: Members): boolean =>
  changedRows(original, now).length === 0 && changedStrangers(original, now).length === 0;

const isChanged = (row: Row, before: Members, now: Members): boolean => !isSameExactly(steady(row, before), steady(row, now));

/** A value without those of its members that change by themselves. */
function steady(row: Row, reply: Members): unknown {
  const { type } = row;
  const value = valueIn(row, reply);
  if (type.kind !== 'list' && type.kind !== 'week') return value;
  const restless = new Set(type.of.filter((leaf) => leaf.volatile !== undefined).map(({ name }) => name));
  const elements = restless.size === 0 ? null : elementsOf(type, value);
  if (elements === null) return value;
  return fromElements(
    type,
    elements.map((element) => Object.fromEntries(Object.entries(element).filter(([name]) => !restless.has(name)))),
  );
}

/** All that differs. `isClockOurs`: this run, or what it caused, may have set the clock. */
export function differencesIn(original: Original, now: Members, isClockOurs = true): readonly Difference[] {
  const clock = isClockOurs && isJudgedClock(original.item) ? clockDifference(original.item, now) : null;
  return [
    ...changedRows(original, now).map((row) => differenceOf(original, row, now)),
    ...changedStrangers(original, now).map((name) => strangeDifference(original, name, now)),
    ...(clock === null ? [] : [clock]),
  ];
}

const shown = (value: unknown): string => (value instanceof ExactNumber ? value.digits : (JSON.stringify(value) ?? 'nothing'));

export function differenceOf(original: Original, row: Row, now: Members): Difference {
  const part = original.parts.find((candidate) => candidate.rows.includes(row)) ?? original.parts[0];
  const show = (value: unknown) => (row.secret ? '***' : shown(value));
  return {
    place: (isSettable(row) ? part?.setPlace : undefined) ?? part?.getPlace ?? '',
    action: (isSettable(row) ? part?.set : undefined) ?? original.item.get,
    parameter: row.name,
    wanted: show(valueIn(row, original.reply)),
    found: show(valueIn(row, now)),
  };
}

const strangeDifference = ({ parts: [part], item, reply }: Original, name: string, now: Members): Difference => ({
  place: part?.getPlace ?? '',
  action: item.get,
  parameter: name,
  wanted: shown(reply[name]),
  found: shown(now[name]),
});

/** Members of a set that gives rows of a part their original values: what is necessary beside them, in the order and spelling of the get. */
export function membersToPutBack(part: Settings, { reply, instance }: Original, rows: readonly Row[]): Members {
  const members: Members = { ...necessaryMembers(part, reply, instance.select), ...membersOf(rows, reply) };
  const order = Object.keys(reply);
  const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return Object.fromEntries(Object.entries(members).toSorted(([a], [b]) => rank(a) - rank(b)));
}

const membersOf = (rows: readonly Row[], reply: Members): Members =>
  Object.fromEntries(rows.map((row) => [spellingIn(row, reply) ?? row.name, sendable(row, valueIn(row, reply))]));

/** A value as the set wants it: a camera that returns a number as text refuses that text, and would stay changed. */
function sendable(row: Row, shownValue: unknown): unknown {
  const { kind } = row.type;
  const value = withoutExtras(row, shownValue);
  if ((kind === 'number' || kind === 'choice') && typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))
    return Number(value);
  return kind === 'text' && typeof value === 'number' ? String(value) : value;
}

/** Whether a part holds what the camera is reached by. */
export const isNetworkLike = ({ parts }: Pick<Original, 'parts'>): boolean =>
  parts.some((part) => part.hazards?.includes('network') || part.rows.some(({ hazard }) => hazard === 'network'));

/** Whether a row applies while the camera shows a reply. */
export const appliesIn = (row: Row, rows: readonly Row[], reply: Members): boolean =>
  row.when === undefined || Object.entries(wholeCondition(row.when, rows)).every(([name, value]) => reply[name] === value);

/** The parts of all sections that use the same get: one action pair, one thing to put back. */
export function partsSharing(sections: readonly Section[], get: string): readonly Settings[] {
  return sections.flatMap((section) => section.parts.filter((part) => part.kind === 'settings' && part.get === get)) as Settings[];
}

/** A condition with the conditions of the parameters that it names: the first value that each may have. */
export function wholeCondition(when: Condition, rows: readonly Row[]): Readonly<Record<string, number>> {
  const whole: Record<string, number> = {};
  for (const [name, allowed] of Object.entries(when)) {
    const governor = rows.find((row) => row.name === name);
    if (governor?.when !== undefined) Object.assign(whole, wholeCondition(governor.when, rows));
    whole[name] = typeof allowed === 'number' ? allowed : (allowed[0] ?? 0);
  }
  return whole;
}
