/**
 * What a camera offers, as its gets first showed it: each parameter with its type, the value that was found, and what the camera
 * itself says of its range. Two firmware versions are compared by it. Values come from the record of the exchange, in which
 * secrets are masked; those that change by themselves are left out.
 */
import { SECTIONS } from '../document/index.ts';
import type { Instance, Row, Settings } from '../document/notation.ts';
import { isMembers, type Members, spellingIn } from '../document/row-value.ts';
import { ENVELOPE, ENVELOPE_EXTRAS } from '../document/sections/01-generic.ts';
import { shorten } from '../wire/printable.ts';
import { instancesOf } from './camera.ts';
import type { Outcome } from './outcome.ts';

export interface OfferedParameter {
  /** place of the get in the document: `21.1` */
  readonly section: string;
  readonly action: string;
  /** the stream or the like; empty for the first or only one */
  readonly instance: string;
  readonly name: string;
  /** false: the document does not know it */
  readonly documented: boolean;
  /** `number`, `text`, `list`, `object`, `boolean` or `null` */
  readonly type: string;
  /** numbers and texts as they are, anything else as JSON; null where it changes by itself or cannot be shown */
  readonly value: string | null;
  /** `at most 25`, `one of 1920, 2560`: what the same reply says of it */
  readonly range: string | null;
}

/** What one reply may fill of a report, whatever a camera sends. */
const LONGEST_VALUE = 2000;
const LONGEST_NAME = 100;
const MOST_UNDOCUMENTED = 100;

const ENVELOPE_NAMES: ReadonlySet<string> = new Set([...ENVELOPE.map(({ name }) => name), ...ENVELOPE_EXTRAS]);

const ALL_PARTS: readonly Settings[] = SECTIONS.flatMap(({ parts }) => parts).filter((part) => part.kind === 'settings');
/** Several sections share one get. */
const PARTS: ReadonlyMap<string, readonly Settings[]> = new Map(ALL_PARTS.map(({ get }) => [get, ALL_PARTS.filter((part) => part.get === get)]));

/** Notes the first good reply to each get. */
export class OfferedParameters {
  readonly #seen = new Set<string>();
  #news: OfferedParameter[] = [];

  note(action: string, json: Members | string | null, outcome: Outcome): void {
    const parts = PARTS.get(action);
    if (parts === undefined || outcome.kind !== 'done') return;
    const instance = instanceOf(parts, json);
    const key = `${action} ${instance?.label}`;
    if (instance === undefined || this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#news.push(...parametersOf(action, parts, instance, outcome));
  }

  /** What was noted since this was last asked. */
  take(): readonly OfferedParameter[] {
    const news = this.#news;
    this.#news = [];
    return news;
  }
}

/** The instance that a get asked for; undefined for a request that no document shows. */
const instanceOf = (parts: readonly Settings[], json: Members | string | null): Instance | undefined =>
  parts.flatMap(instancesOf).find(({ select }) => JSON.stringify(select) === JSON.stringify(json ?? {}));

function parametersOf(
  action: string,
  parts: readonly Settings[],
  { label }: Instance,
  { reply, answer }: Extract<Outcome, { kind: 'done' }>,
): OfferedParameter[] {
  const shown = shownReply(answer.exchange.reply?.text ?? '');
  const one = (place: string, spelling: string, row: Row | null): OfferedParameter => ({
    section: place,
    action,
    instance: label,
    name: shorten(row?.name ?? spelling, LONGEST_NAME),
    documented: row !== null,
    type: typeOf((row === null ? shown : reply)?.[spelling]),
    value: shown === null || (row !== null && changesByItself(row)) ? null : textOf(shown[spelling]),
    range: shown === null || row === null ? null : rangeOf(row, shown),
  });
  const known = parts.flatMap(({ getPlace, rows }) =>
    rows.flatMap((row) => {
      const spelling = spellingIn(row, reply);
      return spelling === undefined ? [] : [{ place: getPlace, spelling, row }];
    }),
  );
  const spellings = new Set(known.map(({ spelling }) => spelling));
  // Also a name can be a secret: what is not the document's is taken from the record alone.
  const unknown = Object.keys(shown ?? {}).filter((name) => !spellings.has(name) && !ENVELOPE_NAMES.has(name));
  return [
    ...known.map(({ place, spelling, row }) => one(place, spelling, row)),
    ...unknown.slice(0, MOST_UNDOCUMENTED).map((name) => one(parts[0]?.getPlace ?? '', name, null)),
  ];
}

const changesByItself = ({ volatile, type }: Row): boolean => volatile !== undefined || ('of' in type && type.of.some(changesByItself));

/** The reply without its secrets; null where removing them left no JSON. */
function shownReply(text: string): Members | null {
  try {
    const value: unknown = JSON.parse(text);
    return isMembers(value) ? value : null;
  } catch {
    return null;
  }
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  return typeof value === 'string' ? 'text' : typeof value;
}

function textOf(value: unknown): string | null {
  try {
    return shorten(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''), LONGEST_VALUE);
  } catch {
    // Nested deeper than the stack of this process.
    return null;
  }
}

function rangeOf({ link }: Row, reply: Members): string | null {
  if (link?.kind === 'at-most') {
    const limit = reply[link.limit];
    return limit === undefined ? null : `at most ${textOf(limit)}`;
  }
  if (link?.kind !== 'pair') return null;
  const list = reply[link.list];
  if (!Array.isArray(list)) return null;
  const members = new Set(list.filter(isMembers).map((element) => textOf(element[link.field])));
  return shorten(`one of ${[...members].sort((a, b) => Number(a) - Number(b)).join(', ')}`, LONGEST_VALUE);
}
