import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LOADER } from '../start/loader.ts';
import { formatHolder, takeLease } from './lease.ts';

const CAMERA = 'http://192.0.2.1/';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lease-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const take = (name = '192.0.2.1:80') => takeLease(name, CAMERA, folder);

test('a camera is held by one at a time', async () => {
  const first = await take();
  const second = await take();
  expect(second).toMatchObject({ kind: 'held', holder: { pid: process.pid, what: CAMERA } });
  if (second.kind === 'held') expect(formatHolder(second.holder)).toMatch(/^Another run, process \d+ since .*Z,$/);
  expect((await take('192.0.2.2:80')).kind).toBe('taken');
  if (first.kind === 'taken') first.release();
  expect((await take()).kind).toBe('taken');
});

test('what was released leaves nothing behind', async () => {
  const lease = await take();
  if (lease.kind === 'taken') lease.release();
  expect(readdirSync(folder)).toEqual([]);
});

test('of many that start at once one gets it', async () => {
  const leases = await Promise.all(Array.from({ length: 8 }, () => take()));
  expect(leases.filter(({ kind }) => kind === 'taken')).toHaveLength(1);
});

test('a file that is no socket holds nothing', async () => {
  await take().then((lease) => lease.kind === 'taken' && lease.release());
  const lease = await take();
  const [name = ''] = readdirSync(folder);
  writeFileSync(join(folder, name.replace(/-[^-]+\.sock$/, '-00000000.sock')), 'half a li');
  if (lease.kind === 'taken') lease.release();
  expect((await take()).kind).toBe('taken');
});

const HOLDER = fileURLToPath(new URL('hold-lease.fixture.ts', import.meta.url));

/** The command line of a process that takes the lease, says so, and stays. */
const holding = (): readonly string[] => [process.execPath, ...LOADER, HOLDER, '192.0.2.1:80', CAMERA, folder];

async function said(child: ChildProcess): Promise<string> {
  const [chunk] = (await once(child.stdout ?? child, 'data')) as [Buffer];
  return chunk.toString('utf8').trim();
}

const quoted = (words: readonly string[]): string => words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');

describe('a process that was killed', () => {
  test('and that nobody has reaped holds nothing', async () => {
    // A parent that never waits for its children: the killed one stays a zombie.
    const parent = spawn('sh', ['-c', `${quoted(holding())} & exec sleep 60`], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const [kind, pid] = (await said(parent)).split(' ');
      expect(kind).toBe('taken');
      expect((await take()).kind).toBe('held');
      process.kill(Number(pid), 'SIGKILL');
      await expect.poll(async () => (await take()).kind, { timeout: 10_000 }).toBe('taken');
      // It is still in the table of processes: by its number it would be alive.
      expect(() => process.kill(Number(pid), 0)).not.toThrow();
    } finally {
      parent.kill('SIGKILL');
    }
  });

  const canUnshare = spawnSync('unshare', ['-pf', '--kill-child', 'true']).status === 0;
  test.skipIf(!canUnshare)('in a namespace whose first process reaps nobody holds nothing; alive it does, whatever its number is', async () => {
    const first = spawn(
      'unshare',
      ['-pf', '--kill-child', 'sh', '-c', `${quoted(holding())} & child=$!; read _; kill -9 $child; echo killed; exec sleep 60`],
      {
        stdio: ['pipe', 'pipe', 'ignore'],
      },
    );
    try {
      expect(await said(first)).toMatch(/^taken \d+$/);
      expect((await take()).kind).toBe('held');
      first.stdin?.write('\n');
      expect(await said(first)).toBe('killed');
      await expect.poll(async () => (await take()).kind, { timeout: 10_000 }).toBe('taken');
    } finally {
      first.kill('SIGKILL');
    }
  });
});
