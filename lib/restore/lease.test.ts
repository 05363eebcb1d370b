import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { formatHolder, takeLease } from './lease.ts';

const URL_OF_CAMERA = 'http://192.0.2.1/';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lease-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const take = (name = '192.0.2.1:80') => takeLease(name, URL_OF_CAMERA, folder);

test('a camera is held by one at a time', () => {
  const first = take();
  const second = take();
  expect(second).toMatchObject({ kind: 'held', holder: { pid: process.pid, url: URL_OF_CAMERA } });
  if (second.kind === 'held') expect(formatHolder(second.holder)).toMatch(/^Another run, process \d+ since .*Z, works on the camera at http:/);
  expect(take('192.0.2.2:80').kind).toBe('taken');
  if (first.kind === 'taken') first.release();
  expect(take().kind).toBe('taken');
});

test('what was released leaves nothing behind', () => {
  const lease = take();
  if (lease.kind === 'taken') lease.release();
  expect(readdirSync(folder)).toEqual([]);
});

const gone = spawnSync(process.execPath, ['-e', '']).pid;
test.each([
  ['a process that is gone', JSON.stringify({ pid: gone, startedAt: new Date().toISOString(), url: URL_OF_CAMERA })],
  [
    'a process of before the restart of this computer',
    JSON.stringify({ pid: process.pid, startedAt: '2001-01-01T00:00:00.000Z', url: URL_OF_CAMERA }),
  ],
  ['nobody who can be read', 'half a li'],
])('the lease of %s is taken over', (_, text) => {
  take();
  const [name = ''] = readdirSync(folder);
  writeFileSync(join(folder, name), text);
  expect(take().kind).toBe('taken');
  expect(take().kind).toBe('held');
  expect(readdirSync(folder)).toEqual([name]);
});
