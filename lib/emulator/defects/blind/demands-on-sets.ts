/** What goes wrong with a demand on every set: that it is there, takes all parameters at once, and touches what it names and nothing else. */
import type { Row, Settings } from '../../../document/notation.ts';
import { isDocumented, isMembers, isSameValue, isSettable, type Members } from '../../../document/row-value.ts';
import type { Camera } from '../../handler.ts';
import type { Tamper } from '../../tamper.ts';
import { anotherOf } from '../other-value.ts';
import { head, isGood, parsed, replying, wiring } from '../tampering.ts';
import type { BlindDefect, Now } from './blind-defect.ts';
import { afterDone, counter, performs, stores, takes } from './sets-and-gets.ts';

export interface SetPart {
  readonly part: Settings;
  readonly set: string;
  readonly get: string;
  /** plain parameters that the set may name, in the order of the document */
  readonly plain: readonly Row[];
}

export interface SetBreach {
  readonly word: string;
  readonly does: string;
  readonly level?: BlindDefect['level'];
  /** whether this set can be told it; null: it cannot */
  readonly make: (part: SetPart, now: Now) => Tamper | null;
}

export function setPartOf(part: Settings): SetPart | null {
  const { get, set } = part;
  if (set === undefined) return null;
  const plain = part.rows.filter(
    (row) =>
      isDocumented(row) &&
      isSettable(row) &&
      row.access[0] !== '-' &&
      !['list', 'week'].includes(row.type.kind) &&
      !row.held &&
      !row.volatile &&
      !row.sameAs,
  );
  return { part, set, get, plain };
}

const isFree = (row: Row): boolean => row.when === undefined && row.link === undefined;

const answering = ({ set }: SetPart, code: number): Tamper => ({ refuses: (asked) => (asked === set ? code : null) });

/** Demand `offered`: the set is offered where its get is. */
export const OFFERED: readonly SetBreach[] = [
  { word: 'set-not-supported', does: 'answers the set with code 209, though it answers the get', make: (part) => answering(part, 209) },
  {
    word: 'set-error-json',
    does: 'answers the set with "error json", though it answers the get',
    make: ({ set }) => ({ refuses: (asked) => (asked === set ? 'text' : null) }),
  },
  {
    word: 'set-not-found',
    does: 'answers the set with HTTP status 404, though it answers the get',
    make: ({ set }) => wiring(set, () => head('404 Not Found', '')),
  },
  {
    word: 'set-only-after-get',
    does: 'answers the set with code 209 unless its get was the request before',
    make: ({ set, get }) => unlessBefore(set, get),
  },
  {
    word: 'set-only-once',
    does: 'answers each set but the first with code 209',
    make: ({ set }) => {
      const next = counter();
      return { refuses: (asked) => (asked === set && next() > 1 ? 209 : null) };
    },
  },
];

function unlessBefore(set: string, get: string): Tamper {
  let before = '';
  return {
    refuses: (asked) => {
      const isRefused = asked === set && before !== get;
      before = asked;
      return isRefused ? 209 : null;
    },
  };
}

const namesMany = (changes: Members, { plain }: SetPart): boolean =>
  plain.length > 1 && plain.every(({ name, when }) => when !== undefined || name in changes);

/** Demand `all-at-once`: one request may name all parameters. */
export const ALL_AT_ONCE: readonly SetBreach[] = [
  {
    word: 'loses-the-last-of-all',
    does: 'stores all but the last parameter where a request names all of them',
    make: (part) => {
      const last = part.plain.findLast(isFree)?.name;
      if (last === undefined || part.plain.length < 2) return null;
      return stores(part.set, (changes) => (namesMany(changes, part) ? withoutName(changes, last) : changes));
    },
  },
  {
    word: 'refuses-all-at-once',
    does: 'refuses a request that names all parameters',
    make: (part) =>
      part.plain.length < 2 ? null : { refuses: (asked, json) => (asked === part.set && json !== null && namesMany(json, part) ? 205 : null) },
  },
  {
    word: 'stores-the-first-of-all',
    does: 'stores the first parameter alone where a request names several',
    make: (part) =>
      part.plain.length < 2
        ? null
        : stores(part.set, (changes) => (Object.keys(changes).length > 1 ? Object.fromEntries(Object.entries(changes).slice(0, 1)) : changes)),
  },
  {
    word: 'shifts-all-by-one',
    does: 'gives two parameters of one kind the values of each other where a request names all of them',
    make: (part) => {
      const pair = alike(part.plain);
      if (pair === null) return null;
      const [one, other] = pair;
      return stores(part.set, (changes) =>
        namesMany(changes, part) ? { ...changes, [one.name]: changes[other.name], [other.name]: changes[one.name] } : changes,
      );
    },
  },
  {
    word: 'ignores-all-at-once',
    does: 'answers a request that names all parameters with code 0, and stores nothing',
    make: (part) => (part.plain.length < 2 ? null : stores(part.set, (changes) => (namesMany(changes, part) ? {} : changes))),
  },
];

const withoutName = (members: Members, name: string): Members => Object.fromEntries(Object.entries(members).filter(([each]) => each !== name));

const kindOf = ({ type }: Row): string =>
  JSON.stringify(type.kind === 'number' ? [type.min, type.max] : type.kind === 'choice' ? Object.keys(type.values) : type.kind);

/** Two parameters that may have each other's values. */
function alike(rows: readonly Row[]): readonly [Row, Row] | null {
  const free = rows.filter((row) => isFree(row));
  for (const [at, one] of free.entries()) {
    const other = free.slice(at + 1).find((each) => kindOf(each) === kindOf(one));
    if (other !== undefined) return [one, other];
  }
  return null;
}

const changed = (changes: Members, before: Members, name: string): boolean => name in changes && !isSameValue(changes[name], before[name]);

/** Demand `isolation`: nothing changes that the request does not name. */
export const ISOLATION: readonly SetBreach[] = [
  {
    word: 'copies-to-a-neighbour',
    does: 'stores what one parameter is set to in another of its kind as well',
    make: ({ set, plain }) => {
      const pair = alike(plain);
      if (pair === null) return null;
      const [one, other] = pair;
      return stores(set, (changes, before) =>
        one.name in changes && !(other.name in changes) && changed(changes, before, one.name)
          ? { ...changes, [other.name]: changes[one.name] }
          : changes,
      );
    },
  },
  {
    word: 'copies-backwards',
    does: 'stores what the later of two alike parameters is set to in the earlier as well',
    make: ({ set, plain }) => {
      const pair = alike(plain);
      if (pair === null) return null;
      const [one, other] = pair;
      return stores(set, (changes, before) =>
        other.name in changes && !(one.name in changes) && changed(changes, before, other.name)
          ? { ...changes, [one.name]: changes[other.name] }
          : changes,
      );
    },
  },
  {
    word: 'empties-what-is-not-named',
    does: 'puts the first parameter that a set does not name to its least value',
    make: ({ set, plain }) => {
      const victim = plain.find((row) => isFree(row) && row.access[1] !== 'Y');
      if (victim === undefined || plain.length < 2) return null;
      return stores(set, (changes) =>
        victim.name in changes || Object.keys(changes).length === 0 ? changes : { ...changes, [victim.name]: least(victim) },
      );
    },
  },
  {
    word: 'toggles-a-neighbour-each-third-set',
    does: 'changes the last parameter with each third set that does not name it',
    make: ({ set, plain }) => {
      const victim = plain.findLast((row) => isFree(row) && row.access[1] !== 'Y' && anotherOf(row.type, undefined) !== undefined);
      if (victim === undefined || plain.length < 2) return null;
      const next = counter();
      return stores(set, (changes, before) =>
        victim.name in changes || Object.keys(changes).length === 0 || next() % 3 !== 0
          ? changes
          : { ...changes, [victim.name]: anotherOf(victim.type, before[victim.name]) },
      );
    },
  },
  {
    word: 'changes-after-a-refusal',
    does: 'stores the legal parameters of a request that it refuses for an illegal one',
    make: ({ set, get, plain }) => ({
      performs: async (asked, json, camera, perform) => {
        const reply = await perform();
        if (asked === set && reply.code !== 0 && json !== null) storeLegal(camera, set, get, json, plain);
        return reply;
      },
    }),
  },
  {
    word: 'changes-another-section-once',
    does: 'changes the colour of the OSD with its second set',
    make: ({ set }) => {
      if (set === 'setOsdConf') return null;
      const next = counter();
      return afterDone(set, ({ store }) => {
        if (next() === 2) store.write('getOsdConf', 0, { osd_color: (Number(store.values('getOsdConf').osd_color) + 1) % 6 });
      });
    },
  },
  {
    word: 'restores-defaults-of-the-rest',
    does: 'puts what a set does not name back to what it was at the start',
    make: ({ set, get, plain }) => {
      if (plain.length < 2) return null;
      return {
        performs: async (asked, json, camera, perform) => {
          const reply = await perform();
          if (asked === set && reply.code === 0 && json !== null) {
            const start = camera.store.tables.get(get)?.instances[0]?.start ?? {};
            const rest = plain.filter(
              (row) =>
                isFree(row) && row.access[1] !== 'Y' && !(row.name in json) && !(row.alias !== undefined && row.alias in json) && row.name in start,
            );
            camera.store.write(get, 0, Object.fromEntries(rest.map(({ name }) => [name, start[name]])));
          }
          return reply;
        },
      };
    },
  },
];

/** Each legal parameter by itself, in the first instance that the request means. */
function storeLegal(camera: Camera, set: string, get: string, json: Members, plain: readonly Row[]): void {
  const table = camera.store.tables.get(get);
  const instance = Math.max(
    0,
    table?.instances.findIndex(({ select }) => Object.entries(select).every(([name, value]) => json[name] === value)) ?? 0,
  );
  const needed = Object.fromEntries(Object.entries(json).filter(([name]) => table?.rows.some((row) => row.name === name && row.access[1] === 'Y')));
  for (const { name } of plain) {
    if (!(name in json)) continue;
    const verdict = camera.judge(set, { ...needed, [name]: json[name] });
    if (verdict.kind === 'accepted' && name in verdict.changes) camera.keep(set, { [name]: verdict.changes[name] }, instance);
  }
}

const least = ({ type }: Row): unknown =>
  type.kind === 'number' ? (type.min ?? 0) : type.kind === 'choice' ? Number(Object.keys(type.values)[0]) : '';

const unknownIn = (json: Members, { part }: SetPart): readonly string[] => {
  const known = new Set(part.rows.flatMap(({ name, alias }) => [name, alias ?? name]));
  return Object.keys(json).filter((name) => !known.has(name) && !WITHOUT_ROWS.has(name));
};

/** Members that a request may have beside those of this part: parts that share the action have theirs. */
const WITHOUT_ROWS: ReadonlySet<string> = new Set(['set_default']);

/** Demand `unknown-parameter`: an unknown parameter is not stored. */
export const UNKNOWN_PARAMETER: readonly SetBreach[] = [
  {
    word: 'keeps-unknown-parameters',
    does: 'shows parameters that the document does not know in the get once they were set',
    make: (part) => {
      let unknown: Members = {};
      return {
        ...performs(part.set, (_, json, perform) => {
          unknown = { ...unknown, ...Object.fromEntries(unknownIn(json ?? {}, part).map((name) => [name, json?.[name]])) };
          return perform();
        }),
        ...replying(part.get, (reply) => (isGood(reply) ? { ...unknown, ...reply } : reply)),
      };
    },
  },
  {
    word: 'drops-what-stands-with-an-unknown',
    does: 'answers a request with an unknown parameter with code 0, and stores nothing of it',
    make: (part) => takes(part.set, (json) => (unknownIn(json, part).length > 0 ? necessaryOf(json, part) : json)),
  },
  {
    word: 'unknown-for-known',
    does: 'takes an unknown parameter for the first one that it knows',
    make: (part) => {
      const [first] = part.plain.filter(isFree);
      if (first === undefined) return null;
      return takes(part.set, (json) => {
        const [unknown] = unknownIn(json, part);
        return unknown === undefined || first.name in json ? json : { ...json, [first.name]: anotherOf(first.type, undefined) ?? json[unknown] };
      });
    },
  },
  {
    word: 'unknown-changes-a-neighbour',
    does: 'changes its last parameter where a request has an unknown one',
    make: (part) => {
      const victim = part.plain.findLast((row) => isFree(row) && row.access[1] !== 'Y' && anotherOf(row.type, undefined) !== undefined);
      if (victim === undefined) return null;
      return {
        performs: async (asked, json, camera, perform) => {
          const reply = await perform();
          if (asked === part.set && json !== null && unknownIn(json, part).length > 0 && !(victim.name in json)) {
            camera.store.write(part.get, 0, { [victim.name]: anotherOf(victim.type, camera.store.values(part.get)[victim.name]) });
          }
          return reply;
        },
      };
    },
  },
  {
    word: 'unknown-breaks-the-get',
    does: 'answers its get with "error json" from the first unknown parameter on',
    make: (part) => {
      let isBroken = false;
      return {
        request: (asked, json) => {
          const sent = asked === part.set ? parsed(json) : null;
          if (sent !== null && unknownIn(sent, part).length > 0) isBroken = true;
          return json;
        },
        refuses: (asked) => (asked === part.get && isBroken ? 'text' : null),
      };
    },
  },
];

const necessaryOf = (json: Members, { part }: SetPart): Members =>
  Object.fromEntries(Object.entries(json).filter(([name]) => part.rows.some((row) => row.name === name && row.access[1] === 'Y')));

const refusing = ({ set }: SetPart, change: (reply: Members) => Members | string): Tamper =>
  replying(set, (reply) => (isGood(reply) || !isMembers(reply) ? reply : change(reply)));

/** Demand `error-codes`: refusals use the codes of 1.3. */
export const ERROR_CODES_BREACHES: readonly SetBreach[] = [
  {
    word: 'refuses-with-code-1000',
    does: 'refuses with code 1000, which 1.3 does not list',
    level: 'should',
    make: (part) => refusing(part, (reply) => ({ ...reply, code: 1000 })),
  },
  {
    word: 'refuses-with-minus-one',
    does: 'refuses with code -1, which 1.3 does not list',
    level: 'should',
    make: (part) => refusing(part, (reply) => ({ ...reply, code: -1 })),
  },
  {
    word: 'refuses-with-a-fraction',
    does: 'refuses with code 205.5',
    level: 'should',
    make: (part) => refusing(part, (reply) => ({ ...reply, code: 205.5 })),
  },
  {
    word: 'refuses-with-code-211',
    does: 'refuses with code 211, the first behind the list',
    level: 'should',
    make: (part) => refusing(part, (reply) => ({ ...reply, code: 211 })),
  },
  {
    word: 'refuses-with-a-word',
    does: 'refuses with the word "failed" for a code',
    make: (part) => refusing(part, (reply) => ({ ...reply, code: 'failed' })),
  },
  {
    word: 'refuses-with-minus-124',
    does: 'refuses with code -124, the first behind the list',
    level: 'should',
    make: (part) => refusing(part, (reply) => ({ ...reply, code: -124 })),
  },
];

export const breachesOfNecessary = (name: string): readonly SetBreach[] => [
  {
    word: 'not-needed',
    does: `takes a request without ${name}`,
    level: 'should',
    make: ({ set, get }) => fillingIn(set, name, (camera) => camera.store.values(get)[name]),
  },
  {
    word: 'missing-changes-the-rest',
    does: `refuses a request without ${name}, and stores what else it names`,
    make: ({ set, get, plain }) => ({
      performs: async (asked, json, camera, perform) => {
        const reply = await perform();
        if (asked !== set || reply.code === 0 || json === null || name in json) return reply;
        const own = camera.store.values(get);
        storeLegal(
          camera,
          set,
          get,
          { ...json, [name]: own[name] ?? 0 },
          plain.filter((row) => row.name !== name),
        );
        return reply;
      },
    }),
  },
  {
    word: 'missing-resets-it',
    does: `takes a request without ${name}, and puts that to its least value`,
    make: ({ set, part }) => {
      const row = part.rows.find((each) => each.name === name);
      return row === undefined || row.held ? null : fillingIn(set, name, () => least(row));
    },
  },
];

/** A request that lacks a parameter is carried out as if it had one. */
const fillingIn = (set: string, name: string, value: (camera: Camera) => unknown): Tamper =>
  performs(set, (camera, json, perform) => (json === null || name in json ? perform() : camera.set(set, { ...json, [name]: value(camera) })));
