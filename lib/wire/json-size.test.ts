import { expect, test } from 'vitest';
import { countValues } from './json-size.ts';

test.each([
  ['{}', 1],
  ['{"a":1,"b":[1,2,3]}', 5],
  ['{"a":"1,2,[{"}', 1],
  ['{"a":"\\",,,"}', 1],
  ['"\\', 0],
])('%s', (text, values) => expect(countValues(text)).toBe(values));
