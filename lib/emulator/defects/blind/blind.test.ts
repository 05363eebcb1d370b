import { expect, test } from 'vitest';
import { catalogueOf } from '../../../document/clauses.ts';
import { SECTIONS } from '../../../document/index.ts';
import { BY_HAND } from '../by-hand/index.ts';
import { allBlind, findBlindOrOperator, WRITTEN_BLINDLY } from './index.ts';
import { defectsOfDemands } from './of-demands.ts';

const CLAUSES = SECTIONS.flatMap(catalogueOf);

/** What rows say of values: defects of it are made from the rows. */
const PURE_DATA: ReadonlySet<string> = new Set(['type', 'range', 'enumeration', 'settable', 'text', 'length']);

/** Clauses that have none, and why. */
const WITHOUT: Readonly<Record<string, string>> = {
  'telnet/service-follows-operation': 'the embedded camera opens no telnet port',
  'time-configuration/clock-follows-ntp-server': 'the embedded camera asks no NTP server',
  'time-configuration/local-time-follows-time-zone': 'no reply shows local time',
  'rtsp/unsupported-methods': 'whatever answers them is right',
  'storage-device/setStorageRule/all-at-once': 'it has one parameter',
};

test('ids are unique, and those of no other defect', () => {
  const ids = [...WRITTEN_BLINDLY, ...defectsOfDemands(), ...BY_HAND].map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test('each breaks a clause of the catalogue, of the section in its id', () => {
  const clauses = new Set(CLAUSES.map(({ id }) => id));
  expect(allBlind().filter(({ breaks }) => !clauses.has(breaks))).toEqual([]);
  expect(allBlind().filter(({ id, breaks }) => id.split('/')[1] !== breaks.split('/')[0])).toEqual([]);
});

test('each clause that is more than data has two at least, or a reason why not', () => {
  const counts = new Map<string, number>();
  for (const { breaks } of allBlind()) counts.set(breaks, (counts.get(breaks) ?? 0) + 1);
  const few = CLAUSES.filter(({ id }) => !PURE_DATA.has(id.split('/')[2] ?? '') && (counts.get(id) ?? 0) < 2).map(({ id }) => id);
  expect(few).toEqual(Object.keys(WITHOUT));
});

test('each does something else than a good camera, made anew for each of them', () => {
  for (const { id, plant } of allBlind()) {
    const [one, other] = [plant(), plant()];
    expect(
      Object.values(one).flatMap((habits) => Object.keys(habits as object)),
      id,
    ).not.toEqual([]);
    expect(one, id).not.toBe(other);
  }
});

test('they are found by their ids', () => {
  expect(findBlindOrOperator('blind/osd/no-titles')?.breaks).toBe('osd/titles-in-picture');
  expect(findBlindOrOperator('blind/osd/none')).toBeUndefined();
});
