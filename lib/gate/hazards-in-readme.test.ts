import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { HAZARDS } from '../document/notation.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

it('the README says of every hazard, and of no other, what may happen', () => {
  const [, table = ''] = /^\| hazard +\|.*\n\| -+.*\n((?:\|.*\n)+)/m.exec(readme) ?? [];
  const rows = table.split('\n').filter((line) => line !== '');
  expect(rows.map((row) => /^\| `([\w-]+)` +\|/.exec(row)?.[1])).toEqual([...HAZARDS]);
  for (const row of rows) expect(row).toMatch(/^\| `[\w-]+` +\| \S.{10,} *\|$/);
});
