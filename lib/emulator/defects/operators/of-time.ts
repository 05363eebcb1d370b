/** Operators on when a value is stored, shown and kept: late, now and then, only for some time, until a restart. */
import { isSameValue } from '../../../document/row-value.ts';
import { shownValues, withValue } from '../../../document/subject.ts';
import type { Tamper } from '../../tamper.ts';
import type { Now } from '../blind/blind-defect.ts';
import { isInstance, type SettableScope } from '../scope.ts';
import { isGood, shown, storing } from '../tampering.ts';
import { leftOut, type Made, madeAt, silence } from './operator.ts';

/** Longer than a setting may take. */
const TOO_LATE_MS = 20_000;
const REVERTS_MS = [1000, 3000, 10_000] as const;

/** The value before the last change, and when that was; `shows` says whether the get shows it in place of the present one. */
function remembering(scope: SettableScope, now: Now, shows: (sinceMs: number, reading: number) => boolean): Tamper {
  const { part, set, subject } = scope;
  let last: { readonly value: unknown; readonly at: number } | null = null;
  let reading = 0;
  return {
    stored: (action, changes, before) => {
      if (action !== set || !isInstance(scope, before) || !(subject.top.name in changes)) return changes;
      const [old] = shownValues(subject, before);
      const [value] = shownValues(subject, changes);
      if (old !== undefined && !isSameValue(old.value, value?.value)) last = { value: old.value, at: now() };
      return changes;
    },
    reply: (action, _, reply) => {
      if (action !== part.get || !isGood(reply) || !isInstance(scope, reply)) return reply;
      reading += 1;
      const old = last;
      return old !== null && shows(now() - old.at, reading) ? shown(subject, reply, () => old.value) : reply;
    },
  };
}

/** Sets of this subject that change it, counted from 1: which of them are carried out. */
function counting(scope: SettableScope, isDone: (count: number) => boolean): Tamper {
  let count = 0;
  return storing(scope, (value, before) => {
    count += 1;
    return isDone(count) ? value : before;
  });
}

/** Stores what the set before this one wanted. */
function late(scope: SettableScope): Tamper {
  let waiting: { readonly value: unknown } | null = null;
  return storing(scope, (value, before) => {
    const due = waiting === null ? before : waiting.value;
    waiting = { value };
    return due;
  });
}

function forgetting(scope: SettableScope): Tamper {
  const { part, instance, subject } = scope;
  return {
    performs: async (action, _, camera, perform) => {
      const reply = await perform();
      if (action !== 'restart' || reply.code !== 0) return reply;
      const forget = (): void => {
        const index = Math.max(0, part.instances?.findIndex(({ label }) => label === instance.label) ?? 0);
        const start = camera.store.tables.get(part.get)?.instances[index]?.start ?? {};
        const [first] = shownValues(subject, start);
        if (first === undefined) return;
        camera.store.write(part.get, index, { [subject.top.name]: withValue(subject, camera.store.values(part.get, index), first.value) });
      };
      return {
        ...reply,
        afterwards: () => {
          forget();
          reply.afterwards?.();
        },
      };
    },
  };
}

export function ofTime(scope: SettableScope): readonly Made[] {
  const { subject } = scope;
  if (subject.kind === 'list') return [];
  const reason = silence(scope);
  const make = (word: string, does: string, tamper: (now: Now) => Tamper): Made =>
    reason === null ? madeAt(word, scope, does, tamper) : leftOut(word, scope, reason);
  const { name } = subject;
  return [
    ...REVERTS_MS.map((ms) =>
      make(`reverts-after-${ms / 1000}-s`, `shows the old ${name} again ${ms / 1000} s behind a set`, (now) =>
        remembering(scope, now, (since) => since >= ms),
      ),
    ),
    make('too-late', `shows a new ${name} after ${TOO_LATE_MS / 1000} s`, (now) => remembering(scope, now, (since) => since < TOO_LATE_MS)),
    make('alternates', `shows the old ${name} in each second reply`, (now) => remembering(scope, now, (_, reading) => reading % 2 === 0)),
    make('one-set-late', `stores the ${name} of the set before`, () => late(scope)),
    make('drops-each-third', `does not carry out each third set of ${name}`, () => counting(scope, (count) => count % 3 !== 0)),
    make('only-once', `carries out the first set of ${name} alone`, () => counting(scope, (count) => count === 1)),
    make('forgets-on-restart', `has the ${name} of its delivery again behind a restart`, () => forgetting(scope)),
  ];
}
