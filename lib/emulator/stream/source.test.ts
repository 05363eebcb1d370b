import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Program } from './program.ts';
import { createSource, createSources } from './source.ts';

const program: Program = {
  media: 'video',
  payloadType: 96,
  attributes: [],
  clockRate: 90_000,
  unitsPerSecond: 25,
  kilobits: null,
  unit: () => ({ payloads: [], marker: true, isStart: true }),
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('plays to all with one timer, and has none when nobody is left', () => {
  const source = createSource(program, Date.now);
  const [first, second] = [{ next: vi.fn() }, { next: vi.fn() }];
  source.add(first);
  source.add(second);
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(999);
  expect([first.next.mock.calls.length, second.next.mock.calls.length]).toEqual([25, 25]);
  source.remove(first);
  vi.advanceTimersByTime(1000);
  expect([first.next.mock.calls.length, second.next.mock.calls.length]).toEqual([25, 50]);
  source.remove(second);
  source.remove(second);
  expect([vi.getTimerCount(), source.receivers]).toEqual([0, 0]);
});

it('makes up for a short delay, and not for a long one', () => {
  const time = { now: 0 };
  const source = createSource(program, () => time.now);
  const receiver = { next: vi.fn(), skip: vi.fn() };
  source.add(receiver);
  vi.advanceTimersByTime(1);
  expect(receiver.next).toHaveBeenCalledTimes(1);
  time.now = 400;
  vi.advanceTimersByTime(40);
  expect(receiver.next).toHaveBeenCalledTimes(11);
  time.now = 10_000;
  vi.advanceTimersByTime(40);
  expect(receiver.next).toHaveBeenCalledTimes(12);
  expect(receiver.skip.mock.calls).toEqual([[239]]);
  source.remove(receiver);
});

it('is one for each program', () => {
  const sources = createSources();
  expect(sources.of(program)).toBe(sources.of(program));
  expect(sources.of({ ...program })).not.toBe(sources.of(program));
});
