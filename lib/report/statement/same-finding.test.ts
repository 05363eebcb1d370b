import { describe, expect, test } from 'vitest';
import type { CheckResult } from '../../results/results.ts';
import { sampleCheck } from '../../results/sample-results.fixture.ts';
import { alike, instances, namesWithin } from './same-finding.ts';

const failed = (id: string, received: string, changes: Partial<CheckResult> = {}): CheckResult =>
  sampleCheck({ id, verdict: 'fail', action: null, parameter: null, findings: [{ documented: 'as asked', received: `${received}` }], ...changes });
const teardown = (stream: number, transport: 'TCP' | 'UDP', received: string): CheckResult =>
  failed(`rtsp/stream_${stream}.${transport.toLowerCase()}/teardown`, received, {
    section: '19.5',
    title: `stream_${stream} over ${transport}: TEARDOWN is answered`,
  });
const ids = (groups: readonly (readonly CheckResult[])[]): readonly (readonly string[])[] => groups.map((group) => group.map(({ id }) => id));
const lengths = (groups: readonly (readonly CheckResult[])[]): readonly number[] => groups.map(({ length }) => length);

describe('instances', () => {
  test('of one check on several streams and transports that found the same but for numbers', () => {
    const checks = [teardown(0, 'TCP', 'packets 271 ms later'), teardown(1, 'UDP', 'packets 9 ms later'), teardown(1, 'TCP', 'status 500')];
    expect(ids(instances(checks))).toEqual([['rtsp/stream_0.tcp/teardown', 'rtsp/stream_1.udp/teardown'], ['rtsp/stream_1.tcp/teardown']]);
  });

  test.each([
    ['elements of a list', 'osd/title_list[0]/round-trip', 'osd/title_list[3]/round-trip', 1],
    ['days', 'schedule-snap/schedule_list.day_0[0]/round-trip', 'schedule-snap/schedule_list.day_6[3]/round-trip', 1],
    ['channels', 'video/rc_mode/type', 'video/third.rc_mode/type', 2],
    ['parameters', 'video/bitrate/above-range', 'video/gop/above-range', 2],
    ['parameters whose names differ by a digit', 'display/_2DNR_level/type', 'display/_3DNR_level/type', 2],
    ['what was looked for', 'video/bitrate/above-range', 'video/bitrate/below-range', 2],
  ])('%s', (_, one, other, groups) => {
    expect(instances([failed(one, 'x'), failed(other, 'x')])).toHaveLength(groups);
  });

  test.each<[string, Partial<CheckResult>]>([
    ['place', { section: '21.1' }],
    ['level', { level: 'should' }],
    ['verdict', { verdict: 'warn' }],
    ['action', { action: 'getVencConf' }],
  ])('never put together what differs in its %s', (_, changes) => {
    expect(instances([failed('a/b[0]/c', 'x'), failed('a/b[1]/c', 'x', changes)])).toHaveLength(2);
  });
});

describe('alike', () => {
  const above = (name: string, received: string): CheckResult =>
    failed(`video/${name}/above-range`, received, { parameter: name, title: `refuses or clamps ${name} above its range` });

  test('are checks of several parameters, but for names, quoted texts and numbers', () => {
    const checks = [above('bitrate', 'bitrate then reads 99'), above('gop', 'gop then reads "7"'), above('fps', 'code -1')];
    expect(lengths(alike(checks))).toEqual([2, 1]);
  });

  test('lose no check, and name none twice', () => {
    const checks = ['a', 'b', 'c', 'd'].flatMap((name) => [above(name, 'code 0'), above(`${name}2`, `no ${name}`)]);
    expect(alike(checks).flat().toSorted(byId)).toEqual(checks.toSorted(byId));
    expect(instances(checks).flat()).toHaveLength(checks.length);
  });
});

const byId = (one: CheckResult, other: CheckResult): number => one.id.localeCompare(other.id);

test('a group is named by what its titles share', () => {
  expect(namesWithin([teardown(0, 'TCP', 'x'), teardown(0, 'UDP', 'x')])).toEqual({
    title: 'TEARDOWN is answered',
    names: ['stream_0 over TCP', 'stream_0 over UDP'],
  });
  expect(namesWithin([teardown(0, 'TCP', 'x')])).toBeNull();
  expect(namesWithin([failed('a/b/c', 'x'), failed('a/b/d', 'x')])).toBeNull();
});
