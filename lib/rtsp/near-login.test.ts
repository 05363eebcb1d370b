import { expect, it } from 'vitest';
import { nearLogins } from './near-login.ts';

const pairs = (user: string, password: string): readonly string[] =>
  nearLogins({ user, password }).map(({ credentials }) => `${credentials.user}:${credentials.password}`);

it('leaves out, empties and spells otherwise', () => {
  expect(pairs('admin', 'Secret-1')).toEqual([
    'admin:Secret-',
    'admin:S',
    'admin:',
    'admin:SECRET-1',
    'admi:Secret-1',
    ':Secret-1',
    'ADMIN:Secret-1',
    ':',
  ]);
});

it('never names the right ones', () => {
  expect(pairs('ROOT', '1')).not.toContain('ROOT:1');
  expect(pairs('admin', '123456')).not.toContain('admin:123456');
});
