/** Defects of what a set stores: nothing, something else, or not for long. */
import type { Type } from '../../document/notation.ts';
import { isMembers, type Members } from '../../document/row-value.ts';
import { shownValues, withValue } from '../../document/subject.ts';
import type { Tamper } from '../tamper.ts';
import type { Defect } from './defect.ts';
import { otherValue } from './other-value.ts';
import { defectOf, rowOf, type SettableScope } from './scope.ts';
import { afterSet, isGood, parsed, shown, storing } from './tampering.ts';

export function defectsOfSets(scope: SettableScope): readonly Defect[] {
  const { subject } = scope;
  if (subject.kind === 'list') return [];
  if (subject.top.held) return [refused(scope)];
  const values = ofValues(scope, rowOf(subject).type);
  return subject.kind === 'leaf' ? values : [refused(scope), ...ofRoundTrips(scope), ...values];
}

/** A round trip reads twice. A parameter that is refused, or stored wrong, is noticed by it wherever it is noticed at all. */
function ofRoundTrips(scope: SettableScope): readonly Defect[] {
  const { subject } = scope;
  const { name } = subject;
  const make = (word: string, does: string, tamper: () => Tamper): Defect => defectOf(scope, name, word, does, ['round-trip'], tamper);
  const defects = [
    defectOf(scope, name, 'ignored', `answers a set of ${name} with code 0 and ignores it`, [noticingRefusal(scope)], () =>
      storing(scope, (_, before) => before),
    ),
    make('vanishes', `no longer returns ${name} after a set of it`, () => afterSet(scope, (reply) => shown(subject, reply, () => undefined))),
    make('old-value-once', `returns the old ${name} in the second reading after a set`, () =>
      afterSet(scope, (reply, before, reading) => (reading === 2 ? withOld(scope, reply, before) : reply)),
    ),
    make('reverts', `returns to the old ${name} a moment after a set`, () =>
      afterSet(scope, (reply, before, reading) => (reading > 1 ? withOld(scope, reply, before) : reply)),
    ),
  ];
  if (subject.kind === 'element') {
    defects.push(
      make('reset', `stores an empty ${name} in the place of what was sent`, () => storing(scope, (value) => emptied(value))),
      make('swapped', `stores ${name} in the place of its neighbour, and the neighbour in its place`, () => swapping(scope)),
    );
  }
  return defects;
}

/** A number whose range only the camera knows may be refused or ignored; that nothing else is taken is a warning. */
const noticingRefusal = ({ subject }: SettableScope): string =>
  subject.kind === 'plain' &&
  subject.row.type.kind === 'number' &&
  subject.row.type.max === undefined &&
  subject.row.link?.kind !== 'pair' &&
  !subject.top.held
    ? 'another-value'
    : 'round-trip';

const withOld = (scope: SettableScope, reply: Members, before: unknown): Members => shown(scope.subject, reply, () => before);

/** An element whose members are the shortest of their types. */
const emptied = (value: unknown): unknown =>
  isMembers(value) ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, typeof each === 'string' ? '' : 0])) : value;

function swapping(scope: SettableScope): Tamper {
  const { subject, set } = scope;
  if (subject.kind !== 'element') throw new Error(`Could not swap ${subject.name}: it is no element.`);
  const neighbour = { ...subject, index: subject.index === 0 ? 1 : subject.index - 1 };
  return {
    stored: (action, changes) => {
      if (action !== set || !(subject.top.name in changes)) return changes;
      const [own] = shownValues(subject, changes);
      const [other] = shownValues(neighbour, changes);
      if (own === undefined || other === undefined) return changes;
      const once = { ...changes, [subject.top.name]: withValue(subject, changes, other.value) };
      return { ...once, [subject.top.name]: withValue(neighbour, once, own.value) };
    },
  };
}

/** Answers every set that names the subject with a code, and stores nothing. */
function refused(scope: SettableScope): Defect {
  const { subject, set } = scope;
  return defectOf(scope, subject.name, 'refused', `refuses every set that names ${subject.name}`, [noticingRefusal(scope)], () => {
    let isNamed = false;
    return {
      request: (action, json) => {
        const sent = action === set ? parsed(json) : null;
        isNamed = sent !== null && Object.keys(sent).some((name) => name === subject.top.name || name === subject.top.alias);
        return json;
      },
      stored: (action, changes) => (action === set && isNamed ? {} : changes),
      reply: (action, _, reply) => (action === set && isNamed && isGood(reply) ? { ...reply, code: 205 } : reply),
    };
  });
}

/** Some values are stored as others: noticed where all values are tried, or in the round trip if that happens to use one of them. */
function ofValues(scope: SettableScope, type: Type): readonly Defect[] {
  const { name } = scope.subject;
  const trip = scope.subject.kind === 'plain' ? ['round-trip'] : elementTrips(scope);
  const make = (word: string, does: string, noticedBy: readonly string[], change: (value: unknown, before: unknown) => unknown): Defect => {
    const own = defectOf(scope, name, word, does, noticedBy, () => storing(scope, change));
    return { ...own, noticedBy: [...own.noticedBy, ...(scope.subject.kind === 'leaf' ? trip : [])] };
  };
  const orTrip = (property: string): readonly string[] => (scope.subject.kind === 'plain' ? [property, 'round-trip'] : [property]);
  switch (type.kind) {
    case 'number':
      return numbers(type.min, type.max, name, (word, does, change) => make(word, does, orTrip('range-ends'), change));
    case 'choice':
      return Object.keys(type.values)
        .map(Number)
        .map((member) => {
          const other = otherValue(rowOf(scope.subject), member);
          return make(`${numberWord(member)}-stored-as-another`, `stores ${String(other)} for ${name} ${member}`, orTrip('members'), (value) =>
            value === member ? other : value,
          );
        });
    case 'text':
      return texts(type, name, make, scope.subject.kind === 'plain');
    case 'list':
    case 'week':
      return [];
  }
}

const numberWord = (member: number): string => (member < 0 ? `minus-${-member}` : String(member));

const elementTrips = ({ section, instance, subject }: SettableScope): readonly string[] => {
  const label = instance.label === '' ? '' : `${instance.label}.`;
  const first = subject.top.type.kind === 'week' ? `${subject.top.name}.day_0[0]` : `${subject.top.name}[0]`;
  return [`${section.slug}/${label}${first}/round-trip`];
};

function numbers(
  min: number | undefined,
  max: number | undefined,
  name: string,
  make: (word: string, does: string, change: (value: unknown) => unknown) => Defect,
): readonly Defect[] {
  if (min === undefined || max === undefined || max - min < 2) return [];
  const base = [10, 7, 5, 3].find((each) => max % each !== 0 && max - min > each) ?? 2;
  return [
    make('largest-clamped', `stores ${max - 1} for ${name} ${max}`, (value) => (value === max ? max - 1 : value)),
    make('smallest-clamped', `stores ${min + 1} for ${name} ${min}`, (value) => (value === min ? min + 1 : value)),
    make('rounded', `rounds ${name} down to a multiple of ${base}`, (value) =>
      typeof value === 'number' ? Math.max(min, Math.floor(value / base) * base) : value,
    ),
    make('four-bits', `keeps the low four bits of ${name}`, (value) =>
      typeof value === 'number' ? Math.min(max, Math.max(min, value & 15)) : value,
    ),
  ].filter(({ id }) => !id.endsWith('/four-bits') || max > 15);
}

/** How cameras mangle texts, and the check of texts that notices. */
const MANGLED: readonly (readonly [word: string, does: string, property: string, mangle: (text: string) => string])[] = [
  ['ascii-only', 'stores ? for what is not ASCII in', 'chinese', (text) => text.replace(/[^ -~]/g, '?')],
  ['quotes-lost', 'loses quotes in', 'quotes', (text) => text.replaceAll('"', '').replaceAll("'", '')],
  ['backslash-lost', 'loses backslashes in', 'backslash', (text) => text.replaceAll('\\', '')],
  ['plus-is-a-blank', 'stores a blank for + in', 'url-characters', (text) => text.replaceAll('+', ' ')],
  ['decoded-twice', 'decodes percent signs twice in', 'url-characters', (text) => text.replace('%41', 'A')],
  ['cut-at-ampersand', 'stores nothing from & on in', 'url-characters', (text) => text.replace(/&.*/, '')],
  ['trimmed', 'trims', 'blanks', (text) => text.trim()],
];

function texts(
  type: Type & { kind: 'text' },
  name: string,
  make: (word: string, does: string, noticedBy: readonly string[], change: (value: unknown) => unknown) => Defect,
  isPlain: boolean,
): readonly Defect[] {
  if (type.fixed !== undefined) return [];
  const mangled = type.format === 'free' ? MANGLED : [];
  const cut = isPlain
    ? [
        make('cut', `stores ${name} without its last character`, ['round-trip'], (value) => String(value).slice(0, -1)),
        make('in-capitals', `stores ${name} with a capital X behind it`, ['round-trip'], (value) => `${String(value)}X`),
      ]
    : [];
  return [...cut, ...mangled.map(([word, does, property, mangle]) => make(word, `${does} ${name}`, [property], (value) => mangle(String(value))))];
}
