import { expect, test } from 'vitest';
import { allOperators, equivalentOperators, findOperator } from './index.ts';
import { drawOperators } from './sample.ts';

test('there are thousands, of several dozen kinds, each at many places', () => {
  const kinds = new Map<string, number>();
  for (const { id } of allOperators()) kinds.set(id.split('/')[1] ?? '', (kinds.get(id.split('/')[1] ?? '') ?? 0) + 1);
  expect(allOperators().length).toBeGreaterThan(15_000);
  expect(kinds.size).toBeGreaterThan(50);
  expect([...kinds].filter(([, count]) => count < 20)).toEqual([]);
});

test('none is both made and left out; what is left out says why', () => {
  expect(equivalentOperators().filter(({ id }) => findOperator(id) !== undefined)).toEqual([]);
  expect(equivalentOperators().length).toBeGreaterThan(0);
  expect(equivalentOperators().filter(({ reason }) => reason === '')).toEqual([]);
});

test('a sample is the same for the same seed, another for another, and takes every kind in turn', () => {
  const ids = (count: number, seed: number): readonly string[] => drawOperators(allOperators(), count, seed).map(({ id }) => id);
  expect(ids(200, 7)).toEqual(ids(200, 7));
  expect(ids(200, 7)).not.toEqual(ids(200, 8));
  expect(new Set(ids(60, 7).map((id) => id.split('/')[1])).size).toBe(60);
  expect(new Set(ids(500, 1)).size).toBe(500);
});

test('each makes something anew for each camera', () => {
  for (const { id, plant } of drawOperators(allOperators(), 2000, 3)) {
    expect(Object.keys(plant().tamper ?? {}), id).not.toEqual([]);
    expect(plant(), id).not.toBe(plant());
  }
});
