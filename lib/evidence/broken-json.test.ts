import fc from 'fast-check';
import { expect, test } from 'vitest';
import { brokenJson } from './broken-json.ts';

test('what is short stands on one line, what is long on several', () => {
  expect(brokenJson('{"code":0,"list":[1,2],"empty":{}}')).toBe('{ "code": 0, "list": [1, 2], "empty": {} }');
  const long = `{"code":0,"list":[{"a":1},{"text":"${'x'.repeat(80)}"}],"b":[]}`;
  expect(brokenJson(long).split('\n')).toEqual([
    '{',
    '  "code": 0,',
    '  "list": [',
    '    { "a": 1 },',
    '    {',
    `      "text": "${'x'.repeat(80)}"`,
    '    }',
    '  ],',
    '  "b": []',
    '}',
  ]);
});

test('values and names are spelled as they came', () => {
  expect(brokenJson('{"a":1.0,"a":1e2,"\\u0041":"\\/ , : ] }"}')).toBe('{ "a": 1.0, "a": 1e2, "\\u0041": "\\/ , : ] }" }');
});

test.each(['error json', '{"a":1', '', '"text"', '12', '[1,]', `${'['.repeat(5000)}${']'.repeat(5000)}`])(
  'what is no JSON object or list stays as it is: %.20s',
  (text) => {
    expect(brokenJson(text)).toBe(text);
  },
);

test('says the same as before, whatever it is', () => {
  fc.assert(
    fc.property(fc.oneof(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), fc.array(fc.jsonValue())), (value) => {
      const text = JSON.stringify(value);
      expect(JSON.stringify(JSON.parse(brokenJson(text)))).toBe(text);
      expect(JSON.stringify(JSON.parse(brokenJson(JSON.stringify(value, null, 3))))).toBe(text);
    }),
    { seed: 24, numRuns: 300 },
  );
});
