/** Cameras with one fault or habit each, and what they are made with: what a test plants in a camera that has none. */
import type { Section } from '../document/notation.ts';
import { isMembers, type Members } from '../document/row-value.ts';
import type { Tamper } from '../emulator/tamper.ts';
import type { RunOptions } from './section-run.fixture.ts';

export interface Fault {
  /** what the camera does */
  readonly does: string;
  readonly in: Section;
  /** made anew for each run: some faults remember */
  readonly tamper: () => Tamper;
  readonly options?: Omit<RunOptions, 'tamper'>;
  /** ids of the checks that fail, `warn …` of those that warn */
  readonly found: readonly string[];
}

export const listOf = (value: unknown): readonly Members[] => (Array.isArray(value) ? value.filter(isMembers) : []);

/** Every reply to one action, changed. */
export const replying = (action: string, change: (reply: Members) => Members | string): Tamper => ({
  reply: (asked, _, reply) => (asked === action ? change(reply) : reply),
});

/** What one set stores, changed. */
export const storing = (action: string, change: (changes: Members, before: Members) => Members): Tamper => ({
  stored: (asked, changes, before) => (asked === action ? change(changes, before) : changes),
});

/** Stores certain values of one parameter as they came, legal or not. */
export function storingUnchecked(action: string, name: string, isTaken: (value: unknown) => boolean): Tamper {
  let taken: unknown;
  return {
    request: (asked, json) => {
      taken = undefined;
      const sent = parsed(json);
      if (asked !== action || !isMembers(sent) || !(name in sent) || !isTaken(sent[name])) return json;
      const { [name]: value, ...others } = sent;
      taken = value;
      return JSON.stringify(others);
    },
    stored: (asked, changes) => (asked === action && taken !== undefined ? { ...changes, [name]: taken } : changes),
  };
}

export const requesting = (action: string, change: (json: string) => string): Tamper => ({
  request: (asked, json) => (asked === action && json !== undefined ? change(json) : json),
});

export function parsed(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? '');
  } catch {
    return undefined;
  }
}

export const without = (members: Members, name: string): Members => Object.fromEntries(Object.entries(members).filter(([each]) => each !== name));

/** What goes over the wire for one action. */
export const wiring = (action: string, bytes: (body: string) => string | undefined): Tamper => ({
  wire: (asked, body) => (asked === action ? bytes(body) : undefined),
});

export const head = (status: string, body: string, extra = ''): string =>
  `HTTP/1.1 ${status}\r\n${extra}Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`;

export const RIGHT_DIGEST = 'e10adc3949ba59abbe56e057f20f883e';

/** `changes` with one element of a list put in the place of another, where the set names the list. */
export const withElement = (changes: Members, name: string, index: number, element: unknown): Members =>
  name in changes ? { ...changes, [name]: listOf(changes[name]).map((each, at) => (at === index ? element : each)) } : changes;

/** Replies that change once a set was accepted. */
export function afterSet(set: string, reply: (action: string, reply: Members) => Members): Tamper {
  let isSet = false;
  return {
    stored: (action, changes) => {
      isSet ||= action === set;
      return changes;
    },
    reply: (action, _, good) => (isSet ? reply(action, good) : good),
  };
}

/** A text as a careless camera keeps it. */
export const mangling = (mangle: (text: string) => string): Tamper =>
  storing('setSysConfig', (changes) => ('dev_name' in changes ? { ...changes, dev_name: mangle(String(changes.dev_name)) } : changes));
