import { execFileSync } from 'node:child_process';
import { linkSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeOutput } from './write-output.ts';

const folder = mkdtempSync(join(tmpdir(), 'output-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);
const written = (name: string): string => readFileSync(at(name), 'utf8');

test('a file is made, with its folder, or replaced', async () => {
  expect([await writeOutput(at('a/b.json'), 'one', []), written('a/b.json')]).toEqual([true, 'one']);
  expect([await writeOutput(at('a/b.json'), 'two', []), written('a/b.json')]).toEqual([true, 'two']);
  expect(readdirSync(at('a'))).toEqual(['b.json']);
});

test('a link stays one', async () => {
  writeFileSync(at('real'), 'old');
  symlinkSync(at('real'), at('link'));
  expect(await writeOutput(at('link'), 'new', [])).toBe(true);
  expect({ real: written('real'), isLink: lstatSync(at('link')).isSymbolicLink() }).toEqual({ real: 'new', isLink: true });
});

test('a pipe and a device are written to, and stay what they are', async () => {
  execFileSync('mkfifo', [at('pipe')]);
  const [isFile, read] = await Promise.all([writeOutput(at('pipe'), 'through', []), readFile(at('pipe'), 'utf8')]);
  expect({ isFile, read, isPipe: statSync(at('pipe')).isFIFO() }).toEqual({ isFile: false, read: 'through', isPipe: true });
  // Behind links, so that a fault here replaces them alone.
  for (const device of ['null', 'full']) symlinkSync(`/dev/${device}`, at(device));
  expect(await writeOutput(at('null'), 'x', [])).toBe(false);
  await expect(writeOutput(at('full'), 'x', [])).rejects.toThrow(new RegExp(`^Could not write ${at('full')}: ENOSPC`));
  for (const device of ['null', 'full']) expect(lstatSync(at(device)).isSymbolicLink() && statSync(at(device)).isCharacterDevice()).toBe(true);
});

test('what was read is not written over, whatever its name', async () => {
  writeFileSync(at('results.json'), 'results');
  symlinkSync(at('results.json'), at('soft'));
  linkSync(at('results.json'), at('hard'));
  for (const name of ['results.json', 'soft', 'hard'])
    await expect(writeOutput(at(name), 'x', [at('a/b.json'), at('results.json')])).rejects.toThrow(
      `Could not write ${at(name)}: the results are read from it; name another file.`,
    );
  expect(written('results.json')).toBe('results');
});

test('what can hold no text is refused in a sentence', async () => {
  mkdirSync(at('folder'));
  symlinkSync(at('nowhere'), at('dangling'));
  await expect(writeOutput(at('folder'), 'x', [])).rejects.toThrow(`Could not write ${at('folder')}: it is no plain file; name one.`);
  await expect(writeOutput(at('dangling'), 'x', [])).rejects.toThrow('it is a link to something that is not there; name a file.');
  await expect(writeOutput(at('real/x'), 'x', [])).rejects.toThrow(
    `Could not write ${at('real/x')}: a part of that path is a file; write to a folder.`,
  );
  expect(readdirSync(at('folder'))).toEqual([]);
});
