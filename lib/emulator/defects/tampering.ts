/** The building blocks of defects: what a set stores, what a get shows, what an action answers. */
import { isMembers, isSameValue, type Members, spellingIn } from '../../document/row-value.ts';
import { type Subject, shownValues, withValue } from '../../document/subject.ts';
import type { Tamper } from '../tamper.ts';
import { isInstance, type Scope, type SettableScope } from './scope.ts';

/** Changes what a set of this subject stores; `before` is what is stored. Null: the parameter keeps its value. */
export const storing = (scope: SettableScope, change: (value: unknown, before: unknown) => unknown): Tamper => ({
  stored: (action, changes, before) =>
    action === scope.set && isInstance(scope, before) ? changed(scope.subject, changes, before, change) : changes,
});

/** The same set with other values of one subject, where it names it and they are others than before. */
function changed(subject: Subject, changes: Members, before: Members, change: (value: unknown, before: unknown) => unknown): Members {
  const { name } = subject.top;
  if (!(name in changes)) return changes;
  const [now] = shownValues(subject, changes);
  const [old] = shownValues(subject, before);
  if (now === undefined || isSameValue(now.value, old?.value)) return changes;
  return { ...changes, [name]: withValue(subject, changes, change(now.value, old?.value)) };
}

/** Changes what the get shows of this subject, in all its elements where it is a member of them. Undefined: it is not shown. */
export const showing = (scope: Scope, subject: Subject, change: (value: unknown) => unknown): Tamper => ({
  reply: (action, _, reply) => (action === scope.part.get && isGood(reply) && isInstance(scope, reply) ? shown(subject, reply, change) : reply),
});

export const isGood = (reply: Members): boolean => reply.code === 0;

/** A reply with other values of one subject, under each of its spellings. */
export function shown(subject: Subject, reply: Members, change: (value: unknown) => unknown): Members {
  const [found] = shownValues(subject, reply);
  if (found === undefined) return reply;
  const value = change(found.value);
  const { name, alias } = subject.top;
  const spellings = [name, alias].filter((each) => each !== undefined && each in reply) as string[];
  if (value === undefined && subject.kind !== 'leaf') return without(reply, spellings);
  const whole = value === undefined ? withoutMember(subject, reply) : withValue(subject, reply, value);
  return { ...reply, ...Object.fromEntries(spellings.map((spelling) => [spelling, whole])) };
}

const without = (members: Members, names: readonly string[]): Members =>
  Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));

function withoutMember(subject: Subject, reply: Members): unknown {
  if (subject.kind !== 'leaf') return undefined;
  const whole = withValue(subject, reply, undefined);
  return JSON.parse(JSON.stringify(whole));
}

/**
 * Replies of the get that change from each set on that gives this subject another value than was shown before. `reading` counts from 1.
 */
export function afterSet(scope: SettableScope, change: (reply: Members, before: unknown, reading: number) => Members): Tamper {
  const subjectIn = (values: Members): unknown => shownValues(scope.subject, values)[0]?.value;
  let last: { readonly value: unknown } | null = null;
  let before: { readonly value: unknown } | null = null;
  let reading = 0;
  return {
    stored: (action, changes, stored) => {
      if (action !== scope.set || !isInstance(scope, stored)) return changes;
      const old = last === null ? subjectIn(stored) : last.value;
      const now = scope.subject.top.name in changes ? subjectIn(changes) : undefined;
      before = now !== undefined && old !== undefined && !isSameValue(now, old) ? { value: old } : null;
      reading = 0;
      return changes;
    },
    reply: (action, _, reply) => {
      if (action !== scope.part.get || !isGood(reply) || !isInstance(scope, reply)) return reply;
      reading += 1;
      const shownNow = before === null ? reply : change(reply, before.value, reading);
      const value = subjectIn(shownNow);
      last = value === undefined ? null : { value };
      return shownNow;
    },
  };
}

/** Every reply to an action, changed. */
export const replying = (action: string, change: (reply: Members, json: Members | null) => Members | string): Tamper => ({
  reply: (asked, json, reply) => (asked === action ? change(reply, json) : reply),
});

/** The `json` of requests for an action, changed before anything reads it. */
export const requesting = (action: string, change: (json: string | undefined) => string | undefined): Tamper => ({
  request: (asked, json) => (asked === action ? change(json) : json),
});

/** The object that a `json` holds; null for anything else. */
export function parsed(json: string | undefined): Members | null {
  try {
    const value: unknown = JSON.parse(json ?? '');
    return isMembers(value) ? value : null;
  } catch {
    return null;
  }
}

/** What goes over the wire for one action, where its body is JSON. */
export const wiring = (action: string, bytes: (body: string) => string | undefined): Tamper => ({
  wire: (asked, body) => (asked === action ? bytes(body) : undefined),
});

export const head = (status: string, body: string, extra = ''): string =>
  `HTTP/1.1 ${status}\r\n${extra}Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`;

/**
 * Stores values of one subject as they come, legal or not: they are taken out of the request, so that nobody judges them, and put
 * in again where the set is stored.
 */
export function storingUnjudged(scope: SettableScope, isTaken: (value: unknown) => boolean, placeholder: unknown): Tamper {
  const { set, subject } = scope;
  let taken: { readonly value: unknown } | null = null;
  return {
    request: (action, json) => {
      taken = null;
      const sent = parsed(json);
      if (action !== set || sent === null || !isInstance(scope, { ...defaultSelect(scope), ...sent })) return json;
      const spelling = spellingIn(subject.top, sent);
      if (spelling === undefined || !valuesSent(subject, sent[spelling]).some(isTaken)) return json;
      taken = { value: sent[spelling] };
      const { [spelling]: _, ...others } = sent;
      return JSON.stringify(subject.top.access[1] === 'Y' ? { ...others, [spelling]: placeholder } : others);
    },
    stored: (action, changes) => (action === set && taken !== null ? { ...changes, [subject.top.name]: taken.value } : changes),
  };
}

/** A request that names no instance means the first one. */
const defaultSelect = ({ part }: Scope): Members => part.instances?.[0]?.select ?? {};

const valuesSent = (subject: Subject, value: unknown): readonly unknown[] => {
  if (subject.kind === 'plain' || subject.kind === 'list') return [value];
  return shownValues(subject, { [subject.top.name]: value }).map((found) => found.value);
};
