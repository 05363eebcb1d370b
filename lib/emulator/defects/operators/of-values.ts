/** Operators on the one value that a set stores: ignored, shifted, cut, turned round, of another type. */
import type { Type } from '../../../document/notation.ts';
import { defaultOf } from '../../defaults.ts';
import type { SettableScope } from '../scope.ts';
import { rowOf } from '../scope.ts';
import { storing } from '../tampering.ts';
import { leftOut, type Made, madeAt, silence } from './operator.ts';

interface OnValue {
  readonly word: string;
  readonly does: (name: string) => string;
  /** null: why it changes nothing at such a value */
  readonly change: (type: Type) => ((value: unknown, before: unknown) => unknown) | string;
}

const isNumeric = ({ kind }: Type): boolean => kind === 'number' || kind === 'choice';
const onNumber = (change: (value: number, type: Type) => unknown) => (type: Type) =>
  isNumeric(type) ? (value: unknown) => (typeof value === 'number' ? change(value, type) : value) : 'it is no number';
const onText = (change: (value: string) => unknown) => (type: Type) =>
  type.kind === 'text' ? (value: unknown) => (typeof value === 'string' ? change(value) : value) : 'it is no text';

const highest = (type: Type): number => (type.kind === 'number' ? (type.max ?? Number.MAX_SAFE_INTEGER) : Number.MAX_SAFE_INTEGER);
const members = (type: Type): readonly number[] => (type.kind === 'choice' ? Object.keys(type.values).map(Number) : []);
const isWithoutLetters = (type: Type): boolean => type.kind === 'text' && (type.format === 'ipv4' || type.format === 'digits');

const ON_VALUES: readonly OnValue[] = [
  { word: 'ignore', does: (name) => `answers a set of ${name} with code 0, and keeps the old value`, change: () => (_, before) => before },
  {
    word: 'constant',
    does: (name) => `stores the same ${name} whatever was set`,
    change: (type) => (type.kind === 'list' || type.kind === 'week' ? 'it has no least value' : () => defaultOf(type)),
  },
  {
    word: 'off-by-one',
    does: (name) => `stores a ${name} that is one more, and one less at the end of its range`,
    change: (type) =>
      type.kind === 'number' ? onNumber((value) => (value >= highest(type) ? value - 1 : value + 1))(type) : 'it is no number of a range',
  },
  {
    word: 'next-member',
    does: (name) => `stores the next member of the enumeration as ${name}`,
    change: (type) =>
      type.kind === 'choice' ? (value) => members(type)[(members(type).indexOf(Number(value)) + 1) % members(type).length] : 'it is no enumeration',
  },
  { word: 'low-bit-flipped', does: (name) => `flips the last bit of ${name}`, change: onNumber((value) => value ^ 1) },
  {
    word: 'second-bit-lost',
    does: (name) => `loses the second bit of ${name}`,
    change: (type) =>
      isNumeric(type) && reachesSecondBit(type) ? onNumber((value) => (value < 2 ** 31 ? value & ~2 : value))(type) : 'no value of it has that bit',
  },
  { word: 'sign-flipped', does: (name) => `stores the negative of ${name}`, change: onNumber((value) => (value === 0 ? 0 : -value)) },
  {
    word: 'last-digit-lost',
    does: (name) => `stores 0 for the last digit of ${name}`,
    change: (type) =>
      type.kind === 'number' && highest(type) > 9 ? onNumber((value) => Math.trunc(value / 10) * 10)(type) : 'its values have one digit',
  },
  {
    word: 'at-most-half',
    does: (name) => `stores half the highest ${name} for all above`,
    change: (type) =>
      type.kind === 'number' && type.max !== undefined
        ? onNumber((value) => Math.min(value, Math.floor(highest(type) / 2)))(type)
        : 'it has no highest value',
  },
  {
    word: 'of-a-byte',
    does: (name) => `keeps the last eight bits of ${name}`,
    change: (type) => (isNumeric(type) && reachesByte(type) ? onNumber((value) => value & 255)(type) : 'all its values fit into a byte'),
  },
  { word: 'as-text', does: (name) => `stores ${name} as text`, change: onNumber(String) },
  { word: 'as-number', does: (name) => `stores 0 for ${name}`, change: onText(() => 0) },
  { word: 'as-null', does: (name) => `stores null for ${name}`, change: () => () => null },
  { word: 'last-character-lost', does: (name) => `loses the last character of ${name}`, change: onText((value) => value.slice(0, -1)) },
  { word: 'first-character-lost', does: (name) => `loses the first character of ${name}`, change: onText((value) => value.slice(1)) },
  { word: 'eight-characters', does: (name) => `keeps eight characters of ${name}`, change: onText((value) => value.slice(0, 8)) },
  {
    word: 'upper-case',
    does: (name) => `stores ${name} in capital letters`,
    change: (type) => (isWithoutLetters(type) ? 'it has no letters' : onText((value) => value.toUpperCase())(type)),
  },
  {
    word: 'case-changed',
    does: (name) => `changes the case of the first letter of ${name}`,
    change: (type) =>
      isWithoutLetters(type)
        ? 'it has no letters'
        : onText((value) => value.replace(/[a-z]/i, (letter) => (letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase())))(
            type,
          ),
  },
  { word: 'emptied', does: (name) => `empties ${name}`, change: onText(() => '') },
  { word: 'doubled', does: (name) => `stores ${name} twice, one behind the other`, change: onText((value) => value + value) },
  { word: 'blank-behind', does: (name) => `puts a blank behind ${name}`, change: onText((value) => `${value} `) },
];

const reachesSecondBit = (type: Type): boolean =>
  type.kind === 'choice' ? members(type).some((value) => value > 0 && (value & 2) !== 0) : highest(type) >= 2;
const reachesByte = (type: Type): boolean =>
  type.kind === 'choice'
    ? members(type).some((value) => value > 255 || value < 0)
    : highest(type) > 255 || (type.kind === 'number' && (type.min ?? 0) < 0);

/** Of a plain parameter, or of a member of the first element of a list. */
export function ofValues(scope: SettableScope): readonly Made[] {
  const { subject } = scope;
  if (subject.kind !== 'plain' && subject.kind !== 'leaf') return [];
  return ON_VALUES.flatMap(({ word, does, change }): Made[] => {
    const changing = change(rowOf(subject).type);
    // Of another kind of value altogether: nothing to tell of.
    if (typeof changing === 'string') return /^it is no/.test(changing) ? [] : [leftOut(word, scope, changing)];
    const reason = silence(scope);
    return [reason === null ? madeAt(word, scope, does(subject.name), () => storing(scope, changing)) : leftOut(word, scope, reason)];
  });
}
