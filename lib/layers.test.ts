/** The house as the README draws it: its rooms, and that imports point down its list. Circles of files are the linter's to find. */
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const IMPORT = /(?:from|import|import\(|vi\.mock\() ?'(\.[^']+)'/g;

/** Top to bottom. */
const ROOMS = [...readFileSync(`${ROOT}README.md`, 'utf8').matchAll(/^\| `((?:lib\/)?[a-z]+)\/` +\|/gm)].map((match) => match[1] as string);
const FILES = ['bench', 'suites', 'lib', 'fixtures'].flatMap((top) =>
  readdirSync(`${ROOT}${top}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${top}/${name}`),
);

const roomOf = (file: string): string =>
  file
    .split('/')
    .slice(0, file.startsWith('lib/') ? 2 : 1)
    .join('/');

const importsOf = (file: string): readonly string[] =>
  [...readFileSync(`${ROOT}${file}`, 'utf8').matchAll(IMPORT)].map((match) => posix.join(posix.dirname(file), match[1] as string));

describe('the rooms', () => {
  it('are all named by the README, and no others', () => {
    const rooms = new Set(FILES.map(roomOf).filter((room) => room !== 'lib/layers.test.ts'));
    expect([...rooms].toSorted()).toEqual(ROOMS.toSorted());
  });

  it.each(ROOMS)('%s imports nothing from above', (room) => {
    const upward = FILES.filter((file) => roomOf(file) === room).flatMap((file) =>
      importsOf(file)
        .filter((target) => ROOMS.indexOf(roomOf(target)) < ROOMS.indexOf(room))
        .map((target) => `${file} -> ${target}`),
    );
    expect(upward).toEqual([]);
  });

  it('are connected: an import is found where one is', () => {
    expect(importsOf('suites/24-osd.test.ts').map(roomOf)).toContain('lib/execution');
  });
});
