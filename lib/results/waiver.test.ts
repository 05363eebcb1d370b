import { expect, test } from 'vitest';
import { sampleWaiver } from './sample-results.fixture.ts';
import { dateOf, describeWaiver, isExpired, validWaivers, waiverFor } from './waiver.ts';

test('a waiver holds through its last day', () => {
  const waiver = sampleWaiver({ expires: '2026-12-31' });
  expect(['2026-02-28', '2026-12-31', '2027-01-01'].map((today) => isExpired(waiver, today))).toEqual([false, false, true]);
});

test('dateOf is the local date, with two digits each', () => {
  expect(dateOf(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
  expect(dateOf(new Date(2026, 11, 31, 0, 0))).toBe('2026-12-31');
});

test('a waiver that names the very check comes before a pattern', () => {
  const waivers = [sampleWaiver({ check: 'video/*', who: 'joe' }), sampleWaiver()];
  const who = (id: string, place: string) => waiverFor({ id, place }, waivers)?.who;
  expect([who('video/bitrate/above-range', '21.2'), who('video/x', '21.1'), who('osd/x', '24.1')]).toEqual(['jane', 'joe', undefined]);
});

test('validWaivers leaves out the expired ones, and where they are written', () => {
  const old = { ...sampleWaiver({ expires: '2026-01-01' }), file: 'w.yaml', line: 1 };
  const good = { ...sampleWaiver(), file: 'w.yaml', line: 2 };
  expect(validWaivers([old, good], '2026-06-01')).toEqual([sampleWaiver()]);
});

test('describeWaiver says until when, who, where and why', () => {
  expect(describeWaiver(sampleWaiver())).toBe('waived until 2026-12-31 by jane, FW-12: mended in 2.1');
});
