import { expect, test } from 'vitest';
import { DEPENDENCIES, limitedBy, mayChange } from './dependencies.ts';
import { SECTIONS } from './index.ts';

const rowsOf = (get: string): readonly string[] =>
  SECTIONS.flatMap(({ parts }) => parts).flatMap((part) => (part.kind === 'settings' && part.get === get ? part.rows.map(({ name }) => name) : []));

test('names parameters of the document alone', () => {
  const named = DEPENDENCIES.flatMap(({ get, parameters, on }) => [
    ...parameters.map((name) => [get, name] as const),
    ...on.parameters.map((name) => [on.get, name] as const),
  ]);
  expect(named.filter(([get, name]) => !rowsOf(get).includes(name))).toEqual([]);
});

test('goes one way, and from what a set names', () => {
  expect(mayChange('frame_rate', 'getVencConf', 'getImageAdjustmentEx', ['power_freq', 'flip'])).toBe(true);
  expect(mayChange('frame_rate', 'getVencConf', 'getImageAdjustmentEx', ['flip'])).toBe(false);
  expect(mayChange('power_freq', 'getImageAdjustmentEx', 'getVencConf', ['frame_rate'])).toBe(false);
  expect(limitedBy('sample_rate', 'getAencConf')).toEqual(['encode_type', 'bitrate']);
});
