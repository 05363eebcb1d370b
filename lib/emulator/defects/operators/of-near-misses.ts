/** Operators that take what is just outside: a value next to the range, a number in quotes, a password next to the right one. */
import { createHash } from 'node:crypto';
import type { Section, Type } from '../../../document/notation.ts';
import { isMembers, type Members, spellingIn } from '../../../document/row-value.ts';
import type { Tamper } from '../../tamper.ts';
import { hostNow } from '../blind/blind-defect.ts';
import { rowOf, type SettableScope } from '../scope.ts';
import { parsed, storingUnjudged } from '../tampering.ts';
import { clauseOf, leftOut, legalClause, type Made, madeAt, silence } from './operator.ts';

/** Values that a type rules out, next to those that it allows. */
function outside(type: Type): readonly (readonly [word: string, value: unknown])[] {
  switch (type.kind) {
    case 'number':
      return [
        ...(type.max === undefined ? [] : ([['above', type.max + 1]] as const)),
        ...(type.min === undefined ? [] : ([['below', type.min - 1]] as const)),
      ];
    case 'choice': {
      const members = Object.keys(type.values).map(Number);
      const taken = new Set([...members, ...(type.also ?? [])]);
      const free = [
        Math.max(...members) + 1,
        Math.min(...members) - 1,
        ...Array.from({ length: Math.max(...members) }, (_, value) => value)
          .filter((value) => !taken.has(value))
          .slice(0, 1),
      ];
      return [...new Set(free)].filter((value) => !taken.has(value)).map((value) => ['other-member', value] as const);
    }
    case 'text':
    case 'list':
    case 'week':
      return [];
  }
}

/** Whether a number is none that the document allows; null where it rules none out. */
export const beyond = (type: Type): ((value: unknown) => boolean) | null => {
  if (type.kind === 'number' && (type.min !== undefined || type.max !== undefined))
    return (value) => typeof value === 'number' && (value > (type.max ?? value) || value < (type.min ?? value));
  if (type.kind === 'choice') return (value) => typeof value === 'number' && !Object.hasOwn(type.values, value) && !type.also?.includes(value);
  return null;
};

function ofPlain(scope: SettableScope): readonly Made[] {
  const { subject } = scope;
  if (subject.kind !== 'plain' && subject.kind !== 'leaf') return [];
  const { type } = rowOf(subject);
  const reason = silence(scope);
  const placeholder = subject.top.access[1] === 'Y' ? legalOf(subject.top.type) : undefined;
  const taking = (word: string, does: string, isTaken: (value: unknown) => boolean, detail = ''): Made =>
    reason === null
      ? madeAt(word, scope, does, () => storingUnjudged(scope, isTaken, placeholder), { breaks: legalClause(scope), detail })
      : leftOut(word, scope, reason, detail);
  const isBeyond = beyond(type);
  return [
    ...outside(type).map(([word, value]) =>
      taking(`takes-${word}`, `stores ${subject.name} ${String(value)} as it came`, (sent) => sent === value, String(value)),
    ),
    ...(isBeyond === null ? [] : [taking('takes-anything-beyond', `stores any ${subject.name} beyond what is documented as it came`, isBeyond)]),
    ...(type.kind === 'text' ? [] : [taking('takes-text', `stores a ${subject.name} in quotes as it came`, (sent) => typeof sent === 'string')]),
    ...(type.kind === 'text'
      ? [taking('takes-number', `stores a ${subject.name} without quotes as it came`, (sent) => typeof sent === 'number')]
      : []),
    taking('takes-null', `stores null for ${subject.name} as it came`, (sent) => sent === null),
  ];
}

const legalOf = (type: Type): unknown =>
  type.kind === 'number'
    ? (type.min ?? type.samples?.[0] ?? 0)
    : type.kind === 'choice'
      ? Number(Object.keys(type.values)[0])
      : type.kind === 'text'
        ? (type.fixed ?? '')
        : [];

/** An illegal number in one element of a list or week alone: taken out before anybody judges it, and put in again. */
function ofElement(scope: SettableScope): readonly Made[] {
  const { subject } = scope;
  if (subject.kind !== 'element') return [];
  return subject.type.of.flatMap((leaf): Made[] => {
    const isBeyond = beyond(leaf.type);
    if (isBeyond === null) return [];
    return [
      madeAt(
        'takes-beyond-in-element',
        scope,
        `stores any ${leaf.name} of ${subject.name} as it came`,
        () => unjudgedIn(scope, leaf.name, isBeyond),
        {
          breaks: clauseOf(
            scope.section,
            `${subject.top.name}.${leaf.name}/range`,
            `${subject.top.name}.${leaf.name}/enumeration`,
            `${subject.top.name}/settable`,
          ),
          detail: leaf.name,
        },
      ),
    ];
  });
}

/** Takes an illegal number in one element of a list or week out before anybody judges it, and puts it in again where it is stored. */
export function unjudgedIn({ set, subject }: SettableScope, name: string, isTaken: (value: unknown) => boolean): Tamper {
  if (subject.kind !== 'element') return {};
  const { top, type, index } = subject;
  let taken: { readonly value: unknown } | null = null;
  const inElement = (list: unknown, change: (element: Members) => Members): unknown => {
    if (!Array.isArray(list)) return list;
    if (type.kind === 'list') return list.map((element: unknown, at) => (at === index && isMembers(element) ? change(element) : element));
    const [day, place] = [Math.floor(index / type.periods), index % type.periods];
    return list.map((entry: unknown) => {
      const periods = isMembers(entry) ? entry[`day_${day}`] : undefined;
      if (!isMembers(entry) || !Array.isArray(periods)) return entry;
      return { ...entry, [`day_${day}`]: periods.map((period: unknown, at) => (at === place && isMembers(period) ? change(period) : period)) };
    });
  };
  return {
    request: (action, json) => {
      taken = null;
      const sent = action === set ? parsed(json) : null;
      const spelling = sent === null ? undefined : spellingIn(top, sent);
      if (sent === null || spelling === undefined) return json;
      const list = inElement(sent[spelling], (element) => {
        if (!(name in element) || !isTaken(element[name])) return element;
        taken = { value: element[name] };
        return Object.fromEntries(Object.entries(element).filter(([each]) => each !== name));
      });
      return taken === null ? json : JSON.stringify({ ...sent, [spelling]: list });
    },
    stored: (action, changes) => {
      const value = taken;
      return action === set && value !== null && top.name in changes
        ? { ...changes, [top.name]: inElement(changes[top.name], (element) => ({ ...element, [name]: value.value })) }
        : changes;
    },
  };
}

export const ofIllegalNearMisses = (scope: SettableScope): readonly Made[] => [...ofPlain(scope), ...ofElement(scope)];

const md5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex');
/** What the embedded camera starts with. */
const [USER, PASSWORD] = ['admin', '123456'];
const DIGEST = md5(PASSWORD);

const CREDENTIALS: readonly (readonly [word: string, does: string, isTaken: (user: string | undefined, pwd: string | undefined) => boolean])[] = [
  [
    'pwd-beginning',
    'takes the first 8 digits of the password and more',
    (user, pwd = '') => user === USER && pwd.length >= 8 && DIGEST.startsWith(pwd),
  ],
  ['pwd-longer', 'takes what begins with the password', (user, pwd = '') => user === USER && pwd.startsWith(DIGEST)],
  ['pwd-empty', 'takes an empty password', (user, pwd) => user === USER && pwd === ''],
  ['pwd-missing', 'takes no password', (user, pwd) => user === USER && pwd === undefined],
  ['pwd-plain', 'takes the plain password', (user, pwd) => user === USER && pwd === PASSWORD],
  ['pwd-of-nothing', 'takes the MD5 of nothing', (user, pwd) => user === USER && pwd === md5('')],
  ['user-case', 'takes the user in any case', (user = '', pwd) => user.toLowerCase() === USER && pwd === DIGEST],
  ['user-beginning', 'takes the beginning of the user', (user = '-', pwd) => USER.startsWith(user) && pwd === DIGEST],
  ['user-missing', 'takes no user', (user, pwd) => user === undefined && pwd === DIGEST],
  ['user-any', 'takes any user', (_, pwd) => pwd === DIGEST],
  ['anybody', 'takes anybody', () => true],
];

/** Of one action: a credential next to the right one is taken. */
export const ofCredentials = (section: Section, subject: string, action: string): readonly Made[] =>
  CREDENTIALS.map(([word, does, isTaken]) => ({
    id: `operator/takes-${word}/${section.slug}/${subject}`,
    does: `${action}: ${does}`,
    breaks: clauseOf(section, `${subject}/authentication`),
    level: 'must',
    plant: (_ = hostNow) => ({
      tamper: { admits: (user, pwd, isRight, asked) => isRight || (asked === action && isTaken(user, pwd)) } satisfies Tamper,
    }),
  }));
