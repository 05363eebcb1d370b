/** Defects of a get and its set together, in each of their instances: what is offered, what is unknown, what is necessary. */
import type { Row } from '../../document/notation.ts';
import { isNecessary, isSettable, isShown, type Members } from '../../document/row-value.ts';
import { defaultOf } from '../defaults.ts';
import type { Tamper } from '../tamper.ts';
import type { Defect } from './defect.ts';
import { type Action, defectOfAction, setOf } from './of-actions.ts';
import { anotherOf } from './other-value.ts';
import { isInstance, nameOf, type Scope, settableScopes } from './scope.ts';
import { isGood, parsed } from './tampering.ts';

export function defectsOfPairs(scope: Scope): readonly Defect[] {
  const { part, section } = scope;
  const { get, set } = part;
  const ofGet: Action = { section, action: get, kind: 'get', name: nameOf(scope, get) };
  const isFirst = scope.instance === part.instances?.[0] || part.instances === undefined;
  const instance = isFirst
    ? []
    : [
        defectOfAction(ofGet, 'text-for-a-reply', `answers with a text for ${JSON.stringify(scope.instance.select)}`, ['reply'], () =>
          answering(scope, get, () => 'done'),
        ),
      ];
  return set === undefined ? instance : [...instance, ...ofSet(scope, get, set)];
}

function ofSet(scope: Scope, get: string, set: string): readonly Defect[] {
  const { part } = scope;
  const action = setOf(scope, set);
  const make = (word: string, does: string, property: string, tamper: () => Tamper): Defect => defectOfAction(action, word, does, [property], tamper);
  return [
    make('offered-without-its-get', `is offered while ${get} is not`, 'belongs-to-get', () =>
      answering(scope, get, (reply) => ({ ...reply, code: 209 })),
    ),
    make('set-answered-with-209', 'is answered with code 209 while its get is offered', 'belongs-to-get', () =>
      answering(scope, set, (reply) => ({ ...reply, code: 209 })),
    ),
    make('own-codes', 'refuses with codes that the document does not list', 'refusal-codes', () =>
      answering(scope, set, (reply) => (isGood(reply) || typeof reply.code !== 'number' ? reply : { ...reply, code: 777 })),
    ),
    make('keeps-unknown-parameters', 'stores and returns a parameter that the document does not know', 'unknown-parameter', () =>
      keepingUnknown(scope, set),
    ),
    ...(part.rows.filter((row) => isSettable(row) && !row.held && row.type.kind !== 'list' && row.type.kind !== 'week').length < 2
      ? []
      : [
          make('refuses-and-carries-out', 'stores the legal parameters of a request that it refuses', 'refusal-is-whole', () =>
            storingLegal(scope, set),
          ),
        ]),
    ...mixedUp(part).map(([one, other]) =>
      make('stores-in-a-neighbour-as-well', `stores ${other} in ${one} as well`, 'cross-talk', () => ({
        stored: (asked, changes, before) =>
          asked === set && isInstance(scope, before) && other in changes && changes[other] !== before[other]
            ? { ...changes, [one]: changes[other] }
            : changes,
      })),
    ),
    settableScopes(scope).length > 1
      ? make('only-some-at-once', 'stores all but one parameter of a set that names all', 'all-at-once', () =>
          forgetting(scope, set, part.rows.some(({ link }) => link?.kind === 'pair') ? 3 : 2),
        )
      : make('stores-once', 'stores the first change and no later one', 'all-at-once', () => storingOnce(set)),
    ...part.rows.filter(isNecessary).flatMap((row) => ofNecessary(scope, set, row)),
  ];
}

/** The first two enumerations that may have the same values, stand under no condition and are none. */
function mixedUp({ rows, instances = [], example }: Scope['part']): readonly (readonly [string, string])[] {
  const single = rows.filter(
    (row) =>
      row.type.kind === 'choice' &&
      isSettable(row) &&
      isShown(row, { example }) &&
      row.when === undefined &&
      !row.held &&
      !rows.some(({ when }) => when !== undefined && row.name in when) &&
      !instances.some(({ select }) => row.name in select),
  );
  const kind = ({ type }: Row): string => (type.kind === 'choice' ? Object.keys(type.values).join() : '');
  const pairs = single.flatMap((one, at) =>
    single.slice(at + 1).flatMap((other) => (kind(other) === kind(one) ? [[one.name, other.name] as const] : [])),
  );
  return pairs.slice(0, 1);
}

function ofNecessary(scope: Scope, set: string, row: Row): readonly Defect[] {
  const name = nameOf(scope, row.name);
  const own = scope.instance.select[row.name] ?? defaultOf(row.type);
  const make = (word: string, does: string, property: string, plant: () => Tamper): Defect => ({
    id: `${name}/${word}`,
    does,
    noticedBy: [`${name}/${property}`],
    plant: () => ({ tamper: plant() }),
  });
  return [
    make('not-demanded', `takes a set without ${row.name}, which is necessary`, 'necessary', () => remembering(set, row.name, own)),
    make('changed-when-missing', `changes a parameter where a set does not name ${row.name}`, 'missing-is-harmless', () =>
      changingWhenMissing(scope, set, row, own),
    ),
  ];
}

/** Replies to an action in one instance, changed. */
const answering = (scope: Scope, action: string, change: (reply: Members) => Members | string): Tamper => ({
  reply: (asked, json, reply) => (asked === action && isInstance(scope, { ...scope.part.instances?.[0]?.select, ...json }) ? change(reply) : reply),
});

function keepingUnknown(scope: Scope, set: string): Tamper {
  let unknown: Members = {};
  return {
    request: (action, sent) => {
      const object = action === set ? parsed(sent) : null;
      if (object !== null && 'conformance_unknown' in object) unknown = { conformance_unknown: object.conformance_unknown };
      return sent;
    },
    reply: (action, _, reply) => (action === scope.part.get && isGood(reply) && isInstance(scope, reply) ? { ...reply, ...unknown } : reply),
  };
}

function storingLegal({ part }: Scope, set: string): Tamper {
  const necessary = new Set(part.rows.filter(isNecessary).map(({ name }) => name));
  return {
    performs: async (action, json, camera, perform) => {
      const reply = await perform();
      if (action !== set || reply.code === 0 || json === null) return reply;
      const needed = Object.fromEntries(Object.entries(json).filter(([name]) => necessary.has(name)));
      const { instances = [] } = part;
      const index = Math.max(
        0,
        instances.findIndex(({ select }) => Object.entries(select).every(([name, value]) => json[name] === value)),
      );
      for (const [name, value] of Object.entries(json)) {
        const verdict = camera.judge(set, { ...needed, [name]: value });
        if (verdict.kind === 'accepted' && name in verdict.changes) camera.keep(set, { [name]: verdict.changes[name] }, index);
      }
      return reply;
    },
  };
}

/** Forgets the last parameter of the largest set that was ever made, from `least` on. */
function forgetting(scope: Scope, set: string, least: number): Tamper {
  let most = 0;
  return {
    stored: (action, changes, before) => {
      if (action !== set || !isInstance(scope, before)) return changes;
      const changed = Object.entries(changes).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]));
      // Each time: what a camera does but once cannot be told from what somebody else does to it.
      const isLargest = changed.length >= most && changed.length >= least;
      most = Math.max(most, changed.length);
      const [last] = changed.at(-1) ?? [];
      return isLargest && last !== undefined ? Object.fromEntries(Object.entries(changes).filter(([name]) => name !== last)) : changes;
    },
  };
}

function storingOnce(set: string): Tamper {
  let isStored = false;
  return {
    stored: (action, changes, before) => {
      if (action !== set) return changes;
      const isChange = Object.entries(changes).some(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]));
      const kept = isChange && isStored ? {} : changes;
      isStored ||= isChange;
      return kept;
    },
  };
}

/** Takes the value that it was given last for one that is missing. */
function remembering(set: string, name: string, start: unknown): Tamper {
  let last = start;
  return {
    request: (action, sent) => {
      const object = action === set ? parsed(sent) : null;
      return object === null ? sent : JSON.stringify({ [name]: last, ...object });
    },
    stored: (action, changes) => {
      if (action === set && name in changes) last = changes[name];
      return changes;
    },
  };
}

/** A set without the row is taken, and changes it; a row that only says which instance is meant cannot change: another one does. */
function changingWhenMissing(scope: Scope, set: string, { name, type }: Row, own: unknown): Tamper {
  let isMissing = false;
  const isSelector = name in scope.instance.select;
  const other = scope.part.rows.find((each) => each.type.kind === 'number' && each.link === undefined && each.access[1] !== '-');
  return {
    request: (action, sent) => {
      const object = action === set ? parsed(sent) : null;
      isMissing = object !== null && !(name in object);
      return object !== null && isMissing ? JSON.stringify({ ...object, [name]: own }) : sent;
    },
    stored: (action, changes, before) => {
      if (action !== set || !isMissing || !isInstance(scope, before)) return changes;
      if (!isSelector) return { ...changes, [name]: anotherOf(type, before[name]) ?? own };
      return other === undefined ? changes : { ...changes, [other.name]: anotherOf(other.type, before[other.name]) };
    },
  };
}
