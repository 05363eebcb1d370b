import { expect, test } from 'vitest';
import { behindValue, eachMember } from './json-members.ts';

const membersOf = (text: string, isTaken: (name: string) => boolean = () => false): readonly string[] => {
  const found: string[] = [];
  eachMember(text, ({ name, start }) => {
    found.push(`${name}: ${text.slice(start, behindValue(text, start))}`);
    return isTaken(name);
  });
  return found;
};

test.each([
  ['{"a":1.0,"b" : "x,}" , "c":true}', ['a: 1.0', 'b: "x,}"', 'c: true']],
  ['{"a":{"b":[{"c":1},2]},"d":null}', ['a: {"b":[{"c":1},2]}', 'b: [{"c":1},2]', 'c: 1', 'd: null']],
  [String.raw`{"\u0061\"":"\\","b":"\":"}`, [String.raw`a": "\\"`, String.raw`b: "\":"`]],
  ['["a","b:",{}]', []],
])('%s', (text, members) => expect(membersOf(text)).toEqual(members));

test('what is inside a value that was taken is left out', () => {
  expect(membersOf('{"a":{"b":1},"c":{"d":2}}', (name) => name === 'a')).toEqual(['a: {"b":1}', 'c: {"d":2}', 'd: 2']);
});
