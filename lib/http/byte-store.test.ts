import { expect, test } from 'vitest';
import { ByteStore } from './byte-store.ts';

test('pieces are put together in their order, and none of them is written into', () => {
  const first = Buffer.from('one ');
  const store = new ByteStore();
  store.push(Buffer.alloc(0));
  store.push(first);
  const before = store.bytes();
  store.push(Buffer.from('two '));
  store.push(Buffer.from('three'));
  expect(store.bytes().toString()).toBe('one two three');
  expect(store.length).toBe(13);
  expect(before.toString()).toBe('one ');
  expect(first.toString()).toBe('one ');
});

test('a million pieces of one byte are one buffer of at most twice their size', () => {
  const store = new ByteStore();
  const piece = Buffer.from('x');
  for (let count = 0; count < 1_000_000; count += 1) store.push(piece);
  expect(store.bytes().length).toBe(1_000_000);
  expect(store.bytes().buffer.byteLength).toBeLessThanOrEqual(2_100_000);
});
