import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readQualification } from './qualification.ts';

const folder = mkdtempSync(join(tmpdir(), 'qualification-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const WHOLE = {
  schemaVersion: 1,
  score: 99.99,
  defects: 3000,
  caught: 2999,
  missed: [{ id: 'display/flip/inverted', does: 'flips the picture', reason: 'nobody knows which way is up' }],
  models: [{}, {}],
  falseAlarms: [],
  part: null,
  suiteVersion: '1.2.3',
  measuredAt: '2026-01-01T00:00:00.000Z',
};

test.each([
  ['no JSON', '{'],
  ['one that measured nothing', JSON.stringify({ ...WHOLE, defects: 0, caught: 0 })],
  ['one without counts', '{"schemaVersion":1,"score":100}'],
  ['one that caught more than there was', JSON.stringify({ ...WHOLE, defects: 2, caught: 3 })],
  ['a part of one', JSON.stringify({ ...WHOLE, part: 'section 5' })],
])('%s is no qualification', (_, text) => {
  expect(readQualification([file('odd.json', text), join(folder, 'absent.json')])).toBeNull();
});

test('the first that can be read counts, and is never rounded up to 100 %', () => {
  const good = file('good.json', JSON.stringify(WHOLE));
  const older = file('older.json', JSON.stringify({ ...WHOLE, caught: 5 }));
  expect(readQualification([join(folder, 'absent.json'), good, older])).toEqual({
    score: 99.9,
    defects: 3000,
    caught: 2999,
    goodCameras: 2,
    falseAlarms: 0,
    missed: [{ does: 'flips the picture', why: 'nobody knows which way is up' }],
    suiteVersion: '1.2.3',
    measuredAt: '2026-01-01T00:00:00.000Z',
  });
});
