import { expect, test } from 'vitest';
import { createRedactor } from './redact.ts';

const redactor = createRedactor(new Set(['password', 'wifi.key']));
redactor.addSecrets(['hunter2', 'pp"ä', '', 'x']);
const json = (text: string, ofRequest: readonly string[] = []): string => redactor.maskJson(text, JSON.parse(text), ofRequest);

test('by field, at any depth, in any case, whatever the value is', () => {
  expect(json('{"a":[{"PassWord":{"x":1}}],"wifi.key":7,"wifixkey":8}')).toBe('{"a":[{"PassWord":"***"}],"wifi.key":"***","wifixkey":8}');
});

test('escaped names are names, and all of two members with one name', () => {
  expect(json('{"pass\\u0077ord":"a","password":"b"}')).toBe('{"password":"***"}');
});

test('text without secrets is kept to the byte', () => {
  const text = '{ "a" : 1.0, "b":"pass" }';
  expect(json(text)).toBe(text);
});

test.each([
  ['is hunter2!', 'is ***!'],
  ['pp%22%C3%A4 pp%22%c3%a4 pp\\"ä pp\\"\\u00e4 pp&quot;ä', '*** *** *** *** ***'],
  ['{"password": "cut off', '{"password": "***"'],
  ['{"password":"with \\" quote","b":', '{"password":"***","b":'],
  ['{\'a\':1,"Password" : 12, ', '{\'a\':1,"Password" : "***", '],
  ['{"k":"x", text', '{"k":"***", text'],
  ['mixed xylophone', 'mixed xylophone'],
])('text %j', (text, expected) => {
  expect(redactor.maskText(text, [])).toBe(expected);
});

test('what a request sends in secret fields is masked in its reply only', () => {
  const request = '{"password":"fresh one","n":1}';
  const secrets = redactor.secretsOfRequest(request, JSON.parse(request));
  expect(redactor.maskText('set fresh%20one, fresh one', secrets)).toBe('set ***, ***');
  expect(redactor.maskText('set fresh one', [])).toBe('set fresh one');
  expect(redactor.maskText('fresh one', redactor.secretsOfRequest('{"password":"fresh one"', undefined))).toBe('***');
});
