import { expect, test } from 'vitest';
import { InTurn } from './in-turn.ts';

test('the first is heard as he speaks, the others after him, in their order and not their speed', () => {
  const heard: string[] = [];
  const output = new InTurn((text) => heard.push(text));
  const [first, second, third] = [output.next(), output.next(), output.next()];
  third.write('5');
  second.write('2');
  first.write('1');
  expect(heard).toEqual(['1']);
  third.write('6');
  third.end();
  first.end();
  expect(heard).toEqual(['1', '2']);
  second.write('3');
  second.write('4');
  expect(heard).toEqual(['1', '2', '3', '4']);
  second.end();
  expect(heard).toEqual(['1', '2', '3', '4', '56']);
});

test('nothing is lost when the last one ends first', () => {
  const heard: string[] = [];
  const output = new InTurn((text) => heard.push(text));
  const [first, second] = [output.next(), output.next()];
  second.write('b');
  second.end();
  first.write('a');
  first.end();
  expect(heard.join('')).toBe('ab');
});
