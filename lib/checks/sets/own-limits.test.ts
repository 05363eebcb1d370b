import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../camera/outcome.ts';
import { beyondLimits } from './own-limits.ts';

const done = { kind: 'done' } as Outcome;
const refused = { kind: 'code', code: 205 } as Outcome;
/** What becomes of values that are sent one after the other. */
function tried(start: number, values: readonly number[], make: (value: number, before: number) => number) {
  let before = start;
  return values.map((value) => {
    const attempt = { value, outcome: done, before, found: make(value, before) };
    before = attempt.found;
    return attempt;
  });
}
const SENT = [6144, 4096, 513, 511, 256];

describe('one range explains', () => {
  it('a value that is clamped, ignored or refused', () => {
    expect(beyondLimits(tried(512, SENT, (value) => Math.min(2048, value)))).toBeNull();
    expect(beyondLimits(tried(512, SENT, (_, before) => before))).toBeNull();
    expect(beyondLimits([{ value: 6144, outcome: refused, before: 512, found: undefined }])).toBeNull();
  });
});

describe('no range explains', () => {
  it.each([
    ['one beside', (value: number) => value + 1],
    ['half of it', (value: number) => Math.floor(value / 2)],
    ['always the same, which was not there before', () => 30],
    ['its low eight bits', (value: number) => value & 255],
  ])('%s', (_, make) => {
    expect(beyondLimits(tried(512, SENT, make))).toMatch(/^code 0 to/);
  });

  it('a value that is no longer returned', () => {
    expect(beyondLimits([{ value: 4096, outcome: done, before: 512, found: undefined }])).toContain('reads nothing');
  });
});
