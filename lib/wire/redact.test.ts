import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor, type Redactor } from './redact.ts';

const redactor = createRedactor(new Set(['password', 'wifi.key']));
redactor.addSecrets(['hunter2', 'pp"ä', '', 'x']);
const json = (text: string, ofRequest: readonly string[] = []): string => redactor.maskJson(text, JSON.parse(text), ofRequest);

test('by field, at any depth, in any case, whatever the value is', () => {
  expect(json('{"a":[{"PassWord":{"x":1}}],"wifi.key":7,"wifixkey":8}')).toBe('{"a":[{"PassWord":"***"}],"wifi.key":"***","wifixkey":8}');
});

test('escaped names are names, and all of two members with one name', () => {
  expect(json('{"pass\\u0077ord":"a","password":"b"}')).toBe('{"pass\\u0077ord":"***","password":"***"}');
});

test('what is no secret keeps its spelling: digits, order, blanks', () => {
  expect(json('{ "b":25.0, "2":1, "1":12345678901234567890,"password" : "x" ,"c":1e3}\r\n')).toBe(
    '{ "b":25.0, "2":1, "1":12345678901234567890,"password" : "***" ,"c":1e3}\r\n',
  );
});

test.each([
  'hunter2!',
  'HUNTER2!',
  '%68%75%6e%74%65%72%32%21',
  String.raw`\u0068\u0075nter2!`,
  '%5Cu0048%5Cu0055nter2!',
  '&#104;unter2&#x21;',
  '&amp;#104;unter2!',
])('a secret is found however it is spelled: %s', (spelling) => {
  const redactor = createRedactor(new Set());
  redactor.addSecrets(['hunter2!']);
  expect(redactor.maskText(`before ${spelling} between ${spelling}, after`, [])).toBe('before *** between ***, after');
});

test('text of a hundred kilobytes that looks like escapes is masked in linear time', () => {
  const redactor = createRedactor(new Set());
  redactor.addSecrets(['hunter2!']);
  const text = '%25'.repeat(30_000);
  expect(redactor.maskText(text, [])).toBe(text);
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

describe('what the suite itself sends in a secret field', () => {
  const TEST_VALUES = new Set(['a&b+c%d%41', 'conf1', '12345678', '12345']);
  const start = () => createRedactor(new Set(['password', 'key']), TEST_VALUES);
  const sent = (redactor: Redactor, value: object): string => redactor.maskRequest(JSON.stringify(value), value);
  const read = (redactor: Redactor, value: object): string => redactor.maskJson(JSON.stringify(value), value, []);

  test('is shown, and what the camera makes of it in the same field', () => {
    const redactor = start();
    expect(read(redactor, { password: 'its own' })).toBe('{"password":"***"}');
    expect(sent(redactor, { password: 'a&b+c%d%41' })).toBe('{"password":"a&b+c%d%41"}');
    expect(redactor.secretsOfRequest('', { password: 'a&b+c%d%41' })).toEqual([]);
    for (const back of ['a&b+c%d%41', 'a', 'a&b c%d%41', 'a&b+c%dA', 'a&amp;b'])
      expect(read(redactor, { password: back })).toBe(JSON.stringify({ password: back }));
    expect(sent(redactor, { password: 12345 })).toBe('{"password":12345}');
  });

  test('is hidden where it was not sent, and what is none of it', () => {
    const redactor = start();
    sent(redactor, { password: 'conf1' });
    for (const back of ['conf2', 'xconf1', '', 'CONF1']) expect(read(redactor, { password: back })).toBe('{"password":"***"}');
    expect(read(redactor, { key: 'conf1' })).toBe('{"key":"***"}');
    expect(sent(redactor, { password: 'another', list: [{ key: { password: 'conf1' } }] })).toBe('{"password":"***","list":[{"key":"***"}]}');
  });

  test('is hidden where the camera had it before, or its beginning, there and in what is quoted', () => {
    const redactor = start();
    read(redactor, { password: '12345678', key: 'a' });
    expect(sent(redactor, { password: '12345678' })).toBe('{"password":"***"}');
    expect(sent(redactor, { key: 'a&b+c%d%41' })).toBe('{"key":"a&b+c%d%41"}');
    expect(read(redactor, { key: 'a' })).toBe('{"key":"***"}');
    expect(redactor.maskQuoted('password then reads "12345678", or "a", not 12345678 or a')).toBe(
      'password then reads "***", or "***", not 12345678 or a',
    );
  });

  test('is hidden where it is a password of the user, or holds one', () => {
    const redactor = start();
    redactor.addSecrets(['12345678', 'a&b+']);
    expect(redactor.maskQuoted('stores "a&b+c%d%41"')).toBe('stores "***"');
    expect(sent(redactor, { password: '12345678', key: 'a&b+c%d%41' })).toBe('{"password":"***","key":"***"}');
    expect(read(redactor, { password: '12345678', key: 'a&b+c%d%41' })).toBe('{"password":"***","key":"***"}');
    expect(redactor.maskQuoted('reads "a&b+c%d%41"')).toBe('reads "***"');
  });

  test('lets no secret of the camera or its user through, whatever they are', () => {
    const SECRET = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('a', 'a&b', 'conf', 'conf1', '12345678', '1234', '12345'));
    fc.assert(
      fc.property(SECRET, SECRET, fc.constantFrom(...TEST_VALUES), (mine, theirs, value) => {
        const redactor = start();
        redactor.addSecrets([mine]);
        const shown = [
          read(redactor, { password: theirs, nested: [{ key: mine }] }),
          sent(redactor, { password: value, key: value }),
          read(redactor, { password: theirs, key: theirs }),
          sent(redactor, { password: theirs, key: mine }),
          read(redactor, { password: mine, key: mine }),
        ];
        for (const text of shown) {
          const { password, key } = JSON.parse(text) as { password: string; key?: string };
          for (const field of [password, key]) {
            expect(field).not.toBe(theirs);
            expect(field).not.toBe(mine);
            if (mine.length >= 4) expect(field ?? '').not.toContain(mine);
          }
        }
      }),
      { seed: 23, numRuns: 500 },
    );
  });
});
