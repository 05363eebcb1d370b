/** What a camera makes of requests that are no object, name too much or too little, or something that does not count just now. */
import type { Row } from '../../../document/notation.ts';
import { isNecessary, isReturned, type Members, spellingIn } from '../../../document/row-value.ts';
import { holds, ILLEGAL_CODE, isWritable, judge, MISSING_CODE } from '../../accept.ts';
import type { Habits } from '../../habits.ts';
import type { Camera } from '../../handler.ts';
import { PARTS, ROWS_OF_GET, ROWS_OF_SET, rowNamed, setting, spared, without } from '../members.ts';
import type { BlindTrait } from './blind-trait.ts';
import { behind, performing, targetOf } from './notation.ts';

const NO_OBJECT =
  '"JSON that parses but is no object should be refused, and changes nothing" - "What the document does not say is never a must: JSON that is no object, …"';
const CONDITIONS =
  '"A parameter whose documented condition does not hold may be refused, ignored or stored; only a set under its condition is judged"';
const CONTRADICTION =
  '"Where two of its tables contradict each other about a parameter (settable in one and not in the other, two ranges), what depends on that is a should"';
const NOT_OFFERED =
  '"A documented parameter that a camera\'s get does not return is not offered: its checks are skipped with that reason, and no set names it"';

const SETS: ReadonlySet<string> = new Set(ROWS_OF_SET.keys());

/** JSON that parses and is no object goes on as an empty one, and is answered by a code at once where there is one. */
function noObject(code: number | null): Habits {
  let isOdd = false;
  return {
    tamper: {
      request: (_, json) => {
        isOdd = json !== undefined && isNoObject(json);
        return isOdd ? '{}' : json;
      },
      performs: (action, _, __, perform) => {
        if (!isOdd || code === null || (code === 0 && ROWS_OF_GET.has(action))) return perform();
        isOdd = false;
        return { code };
      },
    },
  };
}

function isNoObject(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value !== 'object' || value === null || Array.isArray(value);
  } catch {
    return false;
  }
}

/** Settable by one table and not by the other, where nothing hangs on it: 22, 23, 28 and 29; 39 has files. */
const isContradicted = ({ access }: Row): boolean => access === 'Y-' || access === 'NN';
const CONTRADICTED: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [...ROWS_OF_SET].map(([set, rows]) => [set, new Set(set === 'setPlatformConfFile' ? [] : rows.filter(isContradicted).map(({ name }) => name))]),
);

const refusing = (isRefused: (rows: readonly Row[], json: Members) => boolean, code: number): Habits => ({
  tamper: {
    refuses: (action, json) => {
      const rows = ROWS_OF_SET.get(action);
      return rows !== undefined && isRefused(rows, json ?? {}) ? code : null;
    },
  },
});

/** Half of the parameters are in no get; a set that names one of them is refused whole. */
function unshown(code: number): Habits {
  const hidden = new Map([...ROWS_OF_GET].map(([get, rows]) => [get, spared(rows)]));
  return {
    tamper: {
      ...refusing((rows, json) => {
        const names = spared(rows);
        return Object.keys(json).some((name) => names.has(name));
      }, code).tamper,
      reply: (action, _, reply) => without(reply, hidden.get(action) ?? new Set()),
    },
  };
}

/** The parameters of a request whose condition does not hold, as it would be after it. */
function idle(camera: Camera, action: string, json: Members): readonly Row[] {
  const target = targetOf(camera, action, json);
  if (target === undefined) return [];
  const rows = new Map((ROWS_OF_SET.get(action) ?? []).map((row) => [row.name, row]));
  const named = [...rows.values()].filter((row) => isWritable(row) && spellingIn(row, json) !== undefined);
  const view = {
    ...camera.store.values(target.get, target.instance),
    ...Object.fromEntries(named.map((row) => [row.name, json[spellingIn(row, json) ?? '']])),
  };
  return named.filter((row) => !holds(row, view, rows));
}

const CODES: ReadonlySet<number> = new Set([MISSING_CODE, ILLEGAL_CODE]);

/** Each refusal with this code. */
const refusingWith = (code: number): Habits => ({
  tamper: { performs: (_, __, ___, perform) => behind(perform(), (reply) => (CODES.has(reply.code) ? { ...reply, code } : reply)) },
});

export const REQUEST_TRAITS: readonly BlindTrait[] = [
  {
    id: 'no-object-accepted',
    does: 'answers code 0 to JSON that is no object, and changes nothing; a get shows what it always does',
    sections: [1, 5, 24],
    expects: 'at-most-warn',
    because: NO_OBJECT,
    make: () => noObject(0),
  },
  {
    id: 'no-object-code-104',
    does: 'answers JSON that is no object with code -104, and changes nothing',
    sections: [1, 5, 24],
    expects: 'nothing',
    because: NO_OBJECT,
    make: () => noObject(-104),
  },
  {
    id: 'no-object-is-empty',
    does: 'takes JSON that is no object for an empty one: code 0, or 201 where something is necessary',
    sections: [1, 5, 24],
    expects: 'at-most-warn',
    because: NO_OBJECT,
    make: () => noObject(null),
  },
  {
    id: 'unshown-refused',
    does: 'has about half of the parameters, and refuses a whole request (code 201) that names one of the others, which no get shows',
    sections: [5, 15, 24],
    expects: 'nothing',
    because: NOT_OFFERED,
    make: () => unshown(MISSING_CODE),
  },
  {
    id: 'contradicted-ignored',
    does: 'takes with code 0, and ignores, parameters that one table calls settable and the other does not, such as byLDC_Ratio and talk_port',
    sections: [22, 23, 28, 29],
    expects: 'at-most-warn',
    because: CONTRADICTION,
    make: () =>
      performing(SETS, (action, json, _, perform) => {
        const names = CONTRADICTED.get(action) ?? new Set();
        return Object.keys(json ?? {}).some((name) => names.has(name)) ? perform(without(json ?? {}, names)) : perform();
      }),
  },
  {
    id: 'contradicted-refused',
    does: 'refuses (code 205) a request that names a parameter which one table calls settable and the other does not, such as byLDC_Ratio and talk_port',
    sections: [22, 23, 28, 29],
    expects: 'at-most-warn',
    because: CONTRADICTION,
    make: () => ({
      tamper: {
        refuses: (action, json) => (Object.keys(json ?? {}).some((name) => CONTRADICTED.get(action)?.has(name)) ? ILLEGAL_CODE : null),
      },
    }),
  },
  {
    id: 'necessary-not-demanded',
    does: 'takes a set without a parameter marked necessary, and leaves that as it is',
    sections: [8, 10, 21],
    expects: 'warn',
    because:
      '"A set without a parameter marked necessary should be refused (a warning where it is accepted); whatever the answer, nothing that it did not name changes"',
    make: () =>
      performing(SETS, (action, json, camera, perform) => {
        const target = targetOf(camera, action, json);
        if (target === undefined || Object.hasOwn(json ?? {}, 'set_default')) return perform();
        const present = camera.store.values(target.get, target.instance);
        const touched = PARTS.filter((part) => part.set === action && part.rows.some((row) => spellingIn(row, json ?? {}) !== undefined));
        const missing = touched
          .flatMap(({ rows }) => rows)
          .filter((row) => isNecessary(row) && spellingIn(row, json ?? {}) === undefined && Object.hasOwn(present, row.name));
        return perform(missing.length === 0 ? json : { ...json, ...Object.fromEntries(missing.map(({ name }) => [name, present[name]])) });
      }),
  },
  {
    id: 'condition-refused',
    does: 'refuses a whole request (code 205) that names a parameter whose condition does not hold',
    sections: [10, 14, 23],
    expects: 'nothing',
    because: CONDITIONS,
    make: () =>
      performing(SETS, (action, json, camera, perform) => (idle(camera, action, json ?? {}).length > 0 ? { code: ILLEGAL_CODE } : perform())),
  },
  {
    id: 'condition-stored',
    does: 'stores a parameter whose condition does not hold as any other',
    sections: [10, 14, 23],
    expects: 'nothing',
    because: CONDITIONS,
    make: () =>
      performing(SETS, (action, json, camera, perform) => {
        const rows = idle(camera, action, json ?? {}).filter(isReturned);
        const target = targetOf(camera, action, json);
        return behind(perform(), (reply) => {
          if (reply.code !== 0 || target === undefined) return reply;
          const stored = camera.store.values(target.get, target.instance);
          const changes = rows.flatMap((row) => {
            const judged = judge(row.type, json?.[spellingIn(row, json ?? {}) ?? ''], stored[row.name]);
            return judged ? [[row.name, judged.value] as const] : [];
          });
          if (changes.length > 0) camera.keep(action, Object.fromEntries(changes), target.instance);
          return reply;
        });
      }),
  },
  {
    id: 'refusals-104',
    does: 'has one code for all that it refuses: -104 (parameter error)',
    sections: [5, 8, 24],
    expects: 'nothing',
    because: '"The code of a refusal is one that the document lists (should)"',
    make: () => refusingWith(-104),
  },
  {
    id: 'refusals-1',
    does: 'has one code for all that it refuses: 1',
    sections: [5, 8, 24],
    expects: 'nothing',
    because: '"The code of a refusal is one that the document lists (should)": 1 to 100 are those of libcurl',
    make: () => refusingWith(1),
  },
  {
    id: 'refusals-400',
    does: 'has one code for all that it refuses, and none of the document: 400',
    sections: [5, 8, 24],
    expects: 'warn',
    because: '"The code of a refusal is one that the document lists (should)"; "One cause, one finding"',
    make: () => refusingWith(400),
  },
  {
    id: 'digest-in-small-letters',
    does: 'takes the MD5 of the password in small letters alone',
    sections: [1, 4],
    expects: 'nothing',
    because:
      '1.2 says "Password encrypted with Md5" and shows no case; "every near miss of a credential (…, another case, …)" gets the text of the error',
    make: () => ({ tamper: { admits: (_, digest, isRight) => isRight && digest === digest?.toLowerCase() } }),
  },
  {
    id: 'values-of-a-kind-converted',
    does: 'converts a number that is sent as a text, and true and false to 1 and 0; refuses other texts in place of numbers',
    sections: [5, 8, 24],
    expects: 'nothing',
    because: '"A value of the wrong type is refused or converted, never stored as it came"',
    make: () =>
      setting((rows, members) =>
        Object.fromEntries(
          Object.entries(members).map(([name, value]) => {
            const kind = rowNamed(rows, name)?.type.kind;
            if (kind !== 'number' && kind !== 'choice') return [name, value];
            if (typeof value === 'boolean') return [name, Number(value)];
            return [name, typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value];
          }),
        ),
      ),
  },
];
