/**
 * The notation in which the document is written down as data: sections, actions and parameters ("rows").
 *
 * A row's columns are those of the document's two tables, plus the few that the suite needs (hazard, condition, link).
 * This file holds the vocabulary only; the facts are in `sections/`, one file per section of the document.
 */
import type { StrictDemand } from './strict.ts';

/** What a check can do to a camera beyond changing a setting that is put back; each has to be allowed by name. */
export const HAZARDS = [
  'telnet',
  'password',
  'reset',
  'reboot',
  'ptz',
  'network',
  'format',
  'door',
  'serial',
  'files',
  'registration',
  'services',
  'alarm-output',
] as const;
export type Hazard = (typeof HAZARDS)[number];

/**
 * Two letters: the get table's column "Settable", then the set table's column "Necessary"; `-` where that table does
 * not list the parameter. `--` is a name that only examples show.
 */
export type Access = `${'Y' | 'N' | '-'}${'Y' | 'N' | '-'}`;

/**
 * A number. `min` and `max` are inclusive and stand in the table; without them the table says "Number" and no more.
 * `samples` are values that any camera of this family takes, for numbers whose range the table leaves open: the value
 * of the document's example first.
 */
export interface NumberType {
  readonly kind: 'number';
  readonly min?: number;
  readonly max?: number;
  readonly samples?: readonly number[];
}

/** A number out of an enumeration. `also` are values outside the table that the document's own examples show (an erratum). */
export interface ChoiceType {
  readonly kind: 'choice';
  readonly values: Readonly<Record<number, string>>;
  readonly also?: readonly number[];
}

/**
 * A text. `format` says which texts make sense, so that a camera that validates its input is not failed: `free` is any
 * text and is also tried with special characters. `fixed` is the only value that the document allows. `samples` that are addresses have the
 * form of those in the document's examples, and lead nowhere (RFC 5737, RFC 2606).
 */
export interface TextType {
  readonly kind: 'text';
  readonly format: 'free' | 'ipv4' | 'mac' | 'host' | 'url' | 'digits' | 'path';
  readonly fixed?: string;
  readonly samples?: readonly string[];
}

/** A list of objects. `length` where the table fixes it; `judged` where only the first elements count. */
export interface ListType {
  readonly kind: 'list';
  readonly length?: number;
  readonly judged?: number;
  readonly of: readonly Row[];
}

/** `schedule_list`: one object per day with the single key `day_0` … `day_6`, which holds the day's periods. */
export interface WeekType {
  readonly kind: 'week';
  readonly days: 7;
  readonly periods: 4;
  readonly of: readonly Row[];
}

export type Type = NumberType | ChoiceType | TextType | ListType | WeekType;

/** "Only support when …": every named parameter has (one of) the given value(s). Conditions of those parameters apply too. */
export type Condition = Readonly<Record<string, number | readonly number[]>>;

/** What ties a parameter to another one of the same reply. */
export type Link =
  /** the parameter is the member `field` of one element of the list `list`, together with its partner `with`, which is `withField` there */
  | { readonly kind: 'pair'; readonly list: string; readonly field: string; readonly with: string; readonly withField: string }
  /** the parameter is not larger than `limit` */
  | { readonly kind: 'at-most'; readonly limit: string };

/** What may differ by itself from one reading to the next. */
export type Volatile =
  /** it goes on */
  | 'clock'
  /** what a sensor, a radio or an input sees at this moment */
  | 'measurement'
  /** what the camera is doing, or how a connection of it fares */
  | 'status'
  /** it grows, or what is left of something shrinks, while the camera works */
  | 'counter';

/** One parameter: a line of the document's tables. */
export interface Row {
  readonly name: string;
  readonly access: Access;
  readonly type: Type;
  readonly when?: Condition;
  readonly link?: Link;
  /** another spelling of the same parameter in the document: that of the get's table, where the examples have `name` */
  readonly alias?: string;
  readonly hazard?: Hazard;
  /** why it may show something else at the next reading although nobody set it: it is never compared */
  readonly volatile?: Volatile;
  /** a password or a key: never printed, never written */
  readonly secret?: true;
  /** the same setting shows in another get: its action */
  readonly sameAs?: string;
  /** only ever set to the value that it has: any other could lock the tester out */
  readonly held?: true;
  /** no request ever gives it another value, no check of its own either, on a camera that showed this at first: its owner may never find it again */
  readonly inviolable?: Condition;
  /** it decides when an alarm sets off what is linked to it */
  readonly triggers?: true;
}

/** An example of the document: the query's `json` value (null: none is sent) and the reply without the envelope. */
export interface Example {
  readonly request?: Readonly<Record<string, unknown>> | null;
  readonly reply?: Readonly<Record<string, unknown>>;
}

/** A get, and the set that belongs to it where there is one. */
export interface Settings {
  readonly kind: 'settings';
  readonly get: string;
  readonly getPlace: string;
  readonly set?: string;
  readonly setPlace?: string;
  /** parameters of the get request itself (`channel`), each combination being an instance of its own */
  readonly instances?: readonly Instance[];
  readonly rows: readonly Row[];
  readonly hazards?: readonly Hazard[];
  /** its reply holds a picture, and is as large as one */
  readonly carriesPicture?: true;
  /** names that stand more than once in the document's own example reply */
  readonly repeated?: readonly string[];
  /** the get's example reply, and the set's example request(s) */
  readonly example: { readonly reply: Readonly<Record<string, unknown>>; readonly requests?: readonly Readonly<Record<string, unknown>>[] };
}

/** One of several things that an action pair controls, such as a video stream. `label` is empty for the first. */
export interface Instance {
  readonly label: string;
  readonly select: Readonly<Record<string, number>>;
}

/** An action that does something and has no get of its own. Rows are its request parameters; `replies` those of its reply. */
export interface Command {
  readonly kind: 'command';
  readonly action: string;
  readonly place: string;
  readonly rows: readonly Row[];
  readonly replies?: readonly Row[];
  readonly hazards: readonly Hazard[];
  /** an endpoint of its own, with neither credentials nor JSON; the rows are its query */
  readonly path?: string;
  /** how long it may take until it is answered, in ms, where that is longer than other requests may */
  readonly limitMs?: number;
  /** a well-formed request that does the least, for checks that expect it to be refused; else the first example request */
  readonly probe?: Readonly<Record<string, unknown>>;
  readonly example: { readonly requests: readonly (Readonly<Record<string, unknown>> | null)[]; readonly reply?: Readonly<Record<string, unknown>> };
}

/** A requirement of the document that no row can say. `untested` is the reason when no check can test it. */
export interface Clause {
  readonly id: string;
  readonly place: string;
  readonly says: string;
  readonly untested?: string;
}

export interface Section {
  readonly number: number;
  readonly slug: string;
  readonly title: string;
  readonly parts: readonly (Settings | Command)[];
  readonly clauses: readonly Clause[];
}

/** A place where the document contradicts itself or leaves out, and how the suite reads it. */
export interface Erratum {
  /** words: `wifi-ssid-spelling` */
  readonly id: string;
  /** `14.1`, a section `5`, a list `29.1, 30.1`, or a range of sections `26-31` */
  readonly place: string;
  /** actions and parameters that it is about, as on the wire; absent where it is about the place as a whole */
  readonly names?: readonly string[];
  /** what stands there: names and values, not sentences */
  readonly says: string;
  /** how the suite reads it */
  readonly reading: string;
  readonly why: string;
  /** the demand by which the strict profile no longer forgives it */
  readonly strict?: StrictDemand;
}

type RowOptions = Omit<Row, 'name' | 'access' | 'type'>;

export const row = (name: string, access: Access, type: Type, options: RowOptions = {}): Row => ({ name, access, type, ...options });

/** A number of which the table says no more than "Number". */
export const number = (...samples: number[]): NumberType => ({ kind: 'number', samples });
/** A number between `min` and `max`, both included. */
export const range = (min: number, max: number): NumberType => ({ kind: 'number', min, max });
/** A number of which the table gives only the smallest value. */
export const atLeast = (min: number, ...samples: number[]): NumberType => ({ kind: 'number', min, samples });
export const oneOf = (values: Readonly<Record<number, string>>, also?: readonly number[]): ChoiceType =>
  also === undefined ? { kind: 'choice', values } : { kind: 'choice', values, also };
/** An enumeration whose members the document gives as bare numbers: `2400/4800/9600`. */
export const anyOf = (...values: number[]): ChoiceType => ({
  kind: 'choice',
  values: Object.fromEntries(values.map((value) => [value, String(value)])),
});
/** The document's most frequent enumeration. */
export const toggle: ChoiceType = oneOf({ 0: 'close', 1: 'open' });
export const text = (...samples: string[]): TextType => ({ kind: 'text', format: 'free', samples });
export const textOf = (format: TextType['format'], ...samples: string[]): TextType => ({ kind: 'text', format, samples });
export const fixed = (format: TextType['format'], value: string): TextType => ({ kind: 'text', format, fixed: value });
export const list = (of: readonly Row[], options: { length?: number; judged?: number } = {}): ListType => ({ kind: 'list', of, ...options });
export const week = (of: readonly Row[]): WeekType => ({ kind: 'week', days: 7, periods: 4, of });

type SettingsOptions = Omit<Settings, 'kind' | 'get' | 'getPlace' | 'set' | 'setPlace'>;

/** `settings('getOsdConf 24.1', 'setOsdConf 24.2', …)`: each action with its place in the document. */
export const settings = (get: string, set: string | null, options: SettingsOptions): Settings => {
  const [getAction, getPlace] = split(get);
  const pair = set === null ? {} : { set: split(set)[0], setPlace: split(set)[1] };
  return { kind: 'settings', get: getAction, getPlace, ...pair, ...options };
};

export const command = (action: string, options: Omit<Command, 'kind' | 'action' | 'place'>): Command => {
  const [name, place] = split(action);
  return { kind: 'command', action: name, place, ...options };
};

export const documentSection = (number: number, slug: string, title: string, parts: Section['parts'], clauses: readonly Clause[] = []): Section => ({
  number,
  slug,
  title,
  parts,
  clauses,
});

function split(actionAndPlace: string): [string, string] {
  const [action, place] = actionAndPlace.split(' ');
  if (!action || !place) throw new Error(`Could not read "${actionAndPlace}": write the action, a blank and its place in the document.`);
  return [action, place];
}
